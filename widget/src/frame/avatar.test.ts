import { expect, it } from 'vitest';
import { initials } from './avatar.tsx';

it.each([
  ['Ann', 'A'],
  ['ann marie smith', 'AS'],
  ['  Ørjan   Åse ', 'ØÅ'],
  ['Ann (Shop)', 'AS'],
  ['李小龙', '李'],
  ['👩‍🚀 Station', '👩‍🚀S'],
  ['', ''],
])('%j has the initials %j', (name, expected) => expect(initials(name)).toBe(expected));
