export { settingsCommands } from './commands.ts';
