export { ENOUGH, strengthOf } from './passwords.ts';
export { SignIn } from './sign-in.ts';
