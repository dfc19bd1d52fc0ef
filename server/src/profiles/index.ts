export { Pictures, servePictures } from './pictures.ts';
export { profileRoutes } from './routes.ts';
