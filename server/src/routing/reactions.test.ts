import type { EventKind } from '@deskbell/contract';
import { describe, expect, it } from 'vitest';
import type { Result } from '../platform/pipeline/command.ts';
import { Router } from './reactions.ts';

const done: Result = { position: 1, answer: { isAutomatic: true, isLeft: false } };

/** A router, what it asked for, and what went wrong. Its n-th run is answered by the n-th of these, all later ones as done. */
function routing(...answers: (Result | Error)[]) {
  const [asked, troubles]: [string[], string[]] = [[], []];
  const waitFor: Promise<void>[] = [];
  const router = new Router({
    async submit({ workspaceId, kind, actor }) {
      // A router that never ends is stopped here.
      if (asked.length === 9) throw new Error('too often');
      asked.push(`${workspaceId}: ${kind} by ${actor.kind}`);
      const answer = answers.shift() ?? done;
      await waitFor.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
    async findWaitingWorkspaces() {
      if (asked.length === 0) throw new Error('out of reach');
      return ['w', 'x'];
    },
    onTrouble: (error, what) => void troubles.push(`${what}: ${(error as Error).message}`),
    sweepMs: 3_600_000,
  });
  const hear = (...kinds: EventKind[]) =>
    router.hear({ workspaceId: 'w', events: kinds.map((kind) => ({ kind })) as never });
  return { router, asked, troubles, hear, waitFor };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));
const asking = 'w: routing.run by system';

describe('R-3.3 when routing runs', () => {
  it('R-3.3 after what may let somebody wait or have room, and after nothing else', async () => {
    const { router, hear, asked } = routing();
    hear('note.added', 'message.added');
    await settled();
    expect(asked).toEqual([]);
    hear('note.added', 'conversation.opened');
    await settled();
    expect(asked).toEqual([asking]);
    await router.close();
  });

  it('R-3.3 where people hand out, not again before the settings change', async () => {
    const manual = { position: 1, answer: { isAutomatic: false, isLeft: false } };
    const { router, hear, asked } = routing(manual, manual);
    hear('conversation.opened');
    await settled();
    hear('conversation.opened');
    await settled();
    expect(asked).toHaveLength(1);
    hear('workspace.settings-changed');
    await settled();
    hear('conversation.opened');
    await settled();
    expect(asked).toHaveLength(2);
    hear('note.added', 'workspace.settings-changed');
    await settled();
    hear('conversation.opened');
    await settled();
    expect(asked).toHaveLength(4);
    await router.close();
  });

  it('R-3.3 until nobody is left, and once more for whom it heard of while it ran', async () => {
    const left = { position: 1, answer: { isAutomatic: true, isLeft: true } };
    const { router, hear, asked, waitFor } = routing(left, left);
    hear('conversation.opened');
    await settled();
    expect(asked).toHaveLength(3);
    const { promise, resolve } = Promise.withResolvers<void>();
    waitFor.push(promise);
    for (let times = 0; times < 3; times += 1) hear('conversation.opened');
    await settled();
    expect(asked).toHaveLength(4);
    resolve();
    await settled();
    expect(asked).toHaveLength(5);
    await router.close();
  });

  it('R-3.3 every second wherever somebody waits; what fails is told and tried again', async () => {
    const refused = { code: 'not-found', detail: 'no such workspace' } as const;
    const { router, hear, asked, troubles } = routing(refused, new Error('lost'));
    await router.sweep();
    expect(troubles).toEqual(['looking for who waits: out of reach']);
    hear('conversation.opened');
    await settled();
    hear('conversation.opened');
    await settled();
    expect(troubles.slice(1)).toEqual(['routing: no such workspace', 'routing: lost']);
    await router.sweep();
    expect(asked.slice(2)).toEqual([asking, asking.replace('w', 'x')]);
    expect(troubles).toHaveLength(3);
    await router.close();
  });

  it('R-3.3 once it is closed, no more: and what runs is waited for', async () => {
    const { router, hear, asked, waitFor } = routing();
    const { promise, resolve } = Promise.withResolvers<void>();
    waitFor.push(promise);
    hear('conversation.opened');
    hear('conversation.opened');
    let isClosed = false;
    const closing = router.close().then(() => {
      isClosed = true;
    });
    await settled();
    expect(isClosed).toBe(false);
    resolve();
    await closing;
    hear('conversation.opened');
    await settled();
    expect(asked).toHaveLength(1);
  });
});
