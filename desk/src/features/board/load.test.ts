import type { Agent, AgentId, Board } from '@deskbell/contract';
import { expect, it } from 'vitest';
import { shelves, sumOf } from './load.ts';
import { stopwatch } from './stopwatch.ts';

const agent = (name: string, availability: Agent['availability'], isActive = true) =>
  ({ id: name.toLowerCase() as AgentId, name, availability, isActive }) as Agent;

const board: Board = {
  waiting: 0,
  waitingSince: null,
  agents: {
    ['zoe' as AgentId]: { open: 2, pending: 0, unanswered: 1 },
    ['ben' as AgentId]: { open: 1, pending: 3, unanswered: 0 },
  },
};

it('R-14.1 who is there stands first, and whoever is offline with work stays in sight', () => {
  const agents = [
    agent('Olga', 'offline'),
    agent('Zoe', 'offline'),
    agent('Ben', 'away'),
    agent('Änne', 'online'),
    agent('Otto', 'online'),
    agent('Gone', 'online', false),
  ];
  const { shown, offline } = shelves(agents, board, 'de');
  expect(shown.map(({ name }) => name)).toEqual(['Änne', 'Otto', 'Ben', 'Zoe']);
  expect(offline.map(({ name }) => name)).toEqual(['Olga']);
});

it('sums over all agents', () => {
  expect([sumOf(board, 'open'), sumOf(board, 'pending'), sumOf(board, 'unanswered')]).toEqual([
    3, 3, 1,
  ]);
});

it.each([
  [0, '0:00'],
  [7_400, '0:07'],
  [12 * 60_000 + 40_000, '12:40'],
  [3 * 3_600_000 + 131_000, '3:02:11'],
  [50 * 3_600_000, '2d'],
])('%i ms are read as %s', (ms, text) => {
  expect(stopwatch(ms, 'en')).toBe(text);
});
