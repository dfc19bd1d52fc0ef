export { labelCommands } from './commands.ts';
export { labelForAgents } from './present.ts';
export { labelRoutes } from './routes.ts';
export { type LabelRow, labels, loadLabels } from './sql.ts';
