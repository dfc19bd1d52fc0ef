// Makes a checkout ready to run: dependencies installed, Node 24 in place, PostgreSQL's programs whole.
// Plain JavaScript for whatever Node there is. Quick when nothing has changed, silent when all is well.
import { prepare } from './prepare/prepare.mjs';

try {
  prepare();
} catch (error) {
  if (error?.name !== 'NotReady') throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
