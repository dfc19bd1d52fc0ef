export { commandRoutes } from './command-routes.ts';
export { createDoor } from './door.ts';
