import { commands, events } from '@deskbell/contract';
import { expect, it } from 'vitest';
import { handlers, readersOf, referencesOf } from './capabilities.ts';

it('each command of the contract has one handler, and no other has', () => {
  expect(handlers.map(({ kind }) => kind).sort()).toEqual(Object.keys(commands).sort());
});

it('each entity of an event has rows that are brought to another server’s streams', () => {
  const id = '018f2f6e-7c1a-7b3c-9d4e-5f60718293a4';
  const brought = Object.values(events).map(
    ({ entity }) => referencesOf({ entity, id, version: 1 } as never).length,
  );
  expect(brought.every((count) => count > 0)).toBe(true);
});

it('readers have names of their own, and want events that there are', () => {
  const readers = readersOf({
    submit: () => Promise.reject(),
    onEnded: () => undefined,
    onNoticed: () => undefined,
  });
  expect(new Set(readers.map(({ name }) => name)).size).toBe(readers.length);
  for (const { kinds } of readers)
    for (const kind of kinds) expect(Object.keys(events)).toContain(kind);
});
