export { jobForAgent } from './present.ts';
export { BulkProgress } from './progress.ts';
export { bulkRoutes } from './routes.ts';
export { BulkRunner } from './runner.ts';
export { readProgress } from './sql.ts';
