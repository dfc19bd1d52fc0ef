export { Callers } from './callers.ts';
export { commandRoutes } from './command-routes.ts';
export { described, serveDocs } from './describe.ts';
export { createDoor } from './door.ts';
