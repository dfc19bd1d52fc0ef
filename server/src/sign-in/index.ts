export { createWorkspaceByHand } from './by-hand.ts';
export { deviceOf } from './device.ts';
export { dropsOfSignIn } from './over.sql.ts';
export { endsSessions } from './reader.ts';
export { issuePasswordReset } from './resets.ts';
export { signInRoutes } from './routes.ts';
export { SignIn } from './sign-in.ts';
export type { NewWorkspaces } from './workspaces.ts';
