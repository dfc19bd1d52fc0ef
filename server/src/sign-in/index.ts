export { createWorkspaceByHand, resetPasswordByHand } from './by-hand.ts';
export { endsSessions } from './reader.ts';
export { issuePasswordReset } from './resets.ts';
export { signInRoutes } from './routes.ts';
export { SignIn } from './sign-in.ts';
