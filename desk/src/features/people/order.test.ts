import type { Agent } from '@deskbell/contract';
import { expect, it } from 'vitest';
import { inOrder } from './order.ts';

const agent = (name: string, isActive = true) =>
  ({
    ...{ id: name, name, isActive, version: 1, role: 'agent' },
    email: `${name.toLowerCase()}@example.org`,
  }) as unknown as Agent;
const all = [agent('Zoë'), agent('Ärne'), agent('Bo'), agent('Left', false), agent('Mara')];
const names = (group: 'active' | 'deactivated', search = '') =>
  inOrder(all, { me: 'Mara', language: 'de', group, search }).map(({ name }) => name);

it('People stand in order of their names, oneself first, without who has left', () => {
  expect(names('active')).toEqual(['Mara', 'Ärne', 'Bo', 'Zoë']);
  expect(names('deactivated')).toEqual(['Left']);
});

it('People are found by name or mail address, every word of the search', () => {
  expect(names('active', 'ÄRN')).toEqual(['Ärne']);
  expect(names('active', 'bo example')).toEqual(['Bo']);
  expect(names('active', 'bo mara')).toEqual([]);
});
