export { readOwn } from './own.ts';
export { Pictures, servePictures } from './pictures.ts';
export { profileRoutes } from './routes.ts';
