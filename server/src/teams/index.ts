export { teamCommands } from './commands.ts';
export { teamForAgents } from './present.ts';
export { teamRoutes } from './routes.ts';
export type { TeamRow } from './rules.ts';
export {
  IS_IN,
  IS_SEEN,
  SEEN_BY_PARTS,
  SEEN_OF_MANY,
  SIGHT_END,
  sightParameters,
} from './sight.sql.ts';
export { viewerIn } from './sight.ts';
export { loadTeams, teams, teamsIn } from './sql.ts';
