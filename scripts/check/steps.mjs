import { checkDeadCode } from './dead-code.mjs';
import { checkLayers } from './layers.mjs';
import { checkLint } from './lint.mjs';
import { checkLock } from './lock.mjs';
import { checkPlace } from './place.mjs';
import { checkRuleNumbers } from './rule-numbers.mjs';
import { checkSizes } from './sizes.mjs';
import { checkTypes } from './types.mjs';

/**
 * What `npm run check` demands of a checkout. Each takes its root and answers `{ ok, says }`; each
 * has its planted crime in planted-steps.mjs, which proves that it can fail.
 */
export const steps = [
  { name: 'types', check: checkTypes },
  { name: 'lint', check: checkLint },
  { name: 'layers', check: checkLayers },
  { name: 'dead code', check: checkDeadCode },
  { name: 'lock file', check: checkLock },
  { name: 'no trace of a machine', check: checkPlace },
  { name: 'rule numbers', check: checkRuleNumbers },
  { name: 'sizes', check: checkSizes },
];
