import { installDependencies } from './dependencies.mjs';
import { assertNode } from './node-version.mjs';
import { linkOwnCommand } from './own-command.mjs';
import { repairNode } from './pinned-node.mjs';
import { repairPostgres } from './postgres-programs.mjs';

/**
 * Installs what is missing and does what install scripts would have done: npm may be told not to run them,
 * and from version 11 on runs only those that were approved.
 */
export function prepare() {
  assertNode();
  installDependencies();
  repairNode();
  repairPostgres();
  linkOwnCommand();
}
