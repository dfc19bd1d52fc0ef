import { describe } from 'vitest';
import { pulsesSuite } from '../resume/pulses.suite.ts';
import { resumeSuite } from '../resume/resume.suite.ts';
import { openStageOfThree } from './fleet.ts';

// Each line that breaks is taken up by the next of three servers.
const open = async () => (await openStageOfThree()).stage;
describe('behind three servers', () => {
  // Apart, for each opens a stage of its own before every test in its block.
  describe('streams', () => resumeSuite(open));
  describe('pulses', () => pulsesSuite(open));
});
