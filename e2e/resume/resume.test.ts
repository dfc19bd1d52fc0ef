import { resumeSuite } from './resume.suite.ts';
import { Stage } from './stage.ts';

resumeSuite(() => Stage.open());
