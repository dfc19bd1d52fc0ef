import { pulsesSuite } from './pulses.suite.ts';
import { Stage } from './stage.ts';

pulsesSuite(() => Stage.open());
