import type { Agent } from '@deskbell/contract';
import { expect, it } from 'vitest';
import { inOrder } from './order.ts';

const agent = (name: string, isActive = true) =>
  ({ id: name, name, isActive, version: 1, email: '', role: 'agent' }) as unknown as Agent;

it('People stand in order of their names, oneself first, without who has left', () => {
  const all = [agent('Zoë'), agent('Ärne'), agent('Bo'), agent('Left', false), agent('Mara')];
  expect(inOrder(all, 'Mara', 'de').map(({ name }) => name)).toEqual(['Mara', 'Ärne', 'Bo', 'Zoë']);
});
