import { everyScreenSuite } from './every-screen.suite.ts';

everyScreenSuite('phone');
