import { KeptServer } from './kept-server.ts';
import { togetherSuite } from './together.suite.ts';

togetherSuite(KeptServer.start);
