import { describe, expect, it } from 'vitest';
import { type Actor, type Command, SYSTEM } from './command.ts';
import {
  ACTOR_LIMIT,
  BATCH_BYTES,
  BATCH_COMMANDS,
  FairQueue,
  QUEUE_LIMIT,
  type Waiting,
} from './queue.ts';

const person = (id: string): Actor => ({ kind: 'agent', id });
const waiting = (actor: Actor, text = '', bytes = 200): Waiting => ({
  command: {
    workspaceId: 'w',
    actor,
    kind: 'agent.rename',
    input: { name: text },
    clientId: '',
  } as Command,
  bytes,
  answer: () => undefined,
});
const said = (batch: Waiting[]) =>
  batch.map(({ command }) => `${command.actor.id}${(command.input as { name: string }).name}`);

describe('a workspace’s commands wait', () => {
  it('in turns: a flood of one delays another by one place', () => {
    const queue = new FairQueue();
    for (let index = 0; index < 300; index += 1) queue.add(waiting(person('flood'), `${index}`), 0);
    queue.add(waiting(person('ann'), '!'), 0);
    expect(said(queue.take()).slice(0, 3)).toEqual(['flood0', 'ann!', 'flood1']);
  });

  it('each actor’s in the order in which they came, over batches', () => {
    const queue = new FairQueue();
    for (let index = 0; index < 350; index += 1)
      for (const who of ['a', 'b']) queue.add(waiting(person(who), `${index}`), 0);
    const all: string[] = [];
    while (!queue.isEmpty) all.push(...said(queue.take()));
    for (const who of ['a', 'b'])
      expect(all.filter((each) => each.startsWith(who))).toEqual(
        Array.from({ length: 350 }, (_, index) => `${who}${index}`),
      );
  });

  it('what a batch did not get to comes first again, in its order', () => {
    const queue = new FairQueue();
    for (const text of ['1', '2', '3']) queue.add(waiting(person('a'), text), 0);
    const batch = queue.take();
    queue.add(waiting(person('b'), '1'), 0);
    queue.add(waiting(person('a'), '4'), 0);
    queue.putBack(batch.slice(1));
    expect(said(queue.take())).toEqual(['a2', 'b1', 'a3', 'a4']);
    expect(queue.isEmpty).toBe(true);
  });

  it('in batches that are bounded in number and bytes', () => {
    const queue = new FairQueue();
    for (let index = 0; index < BATCH_COMMANDS + 5; index += 1)
      queue.add(waiting(person(`${index}`)), 0);
    expect(queue.take()).toHaveLength(BATCH_COMMANDS);
    expect(queue.take()).toHaveLength(5);
    for (let index = 0; index < 4; index += 1)
      queue.add(waiting(person('a'), '', BATCH_BYTES / 2), 0);
    expect(queue.take()).toHaveLength(2);
  });

  it('and one who sends too many is told so, until time has passed; nobody else is', () => {
    const queue = new FairQueue();
    for (let index = 0; index < ACTOR_LIMIT; index += 1)
      expect(queue.add(waiting(person('flood')), 0)).toBeNull();
    expect(queue.add(waiting(person('flood')), 0)).toBe('too-many');
    expect(queue.add(waiting(person('ann')), 0)).toBeNull();
    expect(queue.add(waiting(person('flood')), 1000 / ACTOR_LIMIT)).toBeNull();
  });

  it('the system is never told so', () => {
    const queue = new FairQueue();
    for (let index = 0; index <= ACTOR_LIMIT; index += 1)
      expect(queue.add(waiting(SYSTEM), 0)).toBeNull();
  });

  it('until the queue is full, which answers busy', () => {
    const queue = new FairQueue();
    for (let index = 0; index < QUEUE_LIMIT; index += 1) queue.add(waiting(person(`${index}`)), 0);
    expect(queue.add(waiting(person('one more')), 0)).toBe('busy');
    queue.take();
    expect(queue.add(waiting(person('one more')), 0)).toBeNull();
  });
});
