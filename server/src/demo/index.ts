export { createSample } from './sample.ts';
export { letVisitorsWrite } from './visitors.ts';
