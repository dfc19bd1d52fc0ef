import { defaultSettings, settingKeys, settingsSchema } from '@deskbell/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { findWorkspace } from '../accounts/index.ts';
import { turnClock } from '../testing/clock.ts';
import { createWorld, type World } from '../testing/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WAIT = { timeout: 20_000 };

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.connect(world.ann);
});
afterAll(() => world.close());

/** What was changed here: without the room for conversations that each world's agents are given. */
const stored = async () => {
  const row = await findWorkspace(world.server.engine.pool, world.workspaceId);
  const { capacity: _, ...changed } = (row?.settings ?? {}) as Record<string, unknown>;
  return changed;
};
const change = (settings: object) => world.act(world.adam, 'workspace.change-settings', settings);
const patch = (body: object) =>
  world.request(world.adam, '/workspace/settings', { method: 'PATCH', body });

/** One that Ann has answered and waits for; the contact is silent. */
async function pending(): Promise<string> {
  const conversationId = await world.write(world.newVisitor(), 'Hello');
  await world.act(world.ann, 'conversation.accept', { conversationId });
  await world.act(world.ann, 'conversation.mark-pending', { conversationId });
  return conversationId;
}

async function statusOf(conversationId: string): Promise<string> {
  const response = await world.request(world.ann, `/conversations/${conversationId}`);
  const { conversations } = (await response.json()) as { conversations: { status: string }[] };
  return conversations[0]?.status ?? 'nowhere';
}

/** What a setting does not allow, by its schema: below, above, between whole numbers, of another kind. */
function beyond(key: (typeof settingKeys)[number]): [string, unknown][] {
  const { type, minimum, maximum } = z.toJSONSchema(settingsSchema.shape[key]);
  const values: unknown[] =
    type === 'integer'
      ? [Number(minimum) - 1, Number(maximum) + 1, Number(minimum) + 0.5, '60000', true]
      : ['tlh', 1];
  return [...values, null, [], {}].map((value) => [key, value]);
}

describe('R-18.3 a setting', () => {
  it('holds from the next command on, is shown by every open desk, and stored only where it differs', async () => {
    const desk = await world.connect(world.cara, false);
    const { position } = await change({ reopenWithinMs: 2 * HOUR });
    await desk.reach(position);
    expect(desk.texts.join()).toContain(`"reopenWithinMs":${2 * HOUR}`);
    expect(await stored()).toEqual({ reopenWithinMs: 2 * HOUR });

    await change({ reopenWithinMs: defaultSettings.reopenWithinMs });
    expect(await stored()).toEqual({});
  });

  it('counts for what is sent right behind it', async () => {
    const { pool } = world.server.engine;
    const visitor = world.newVisitor();
    const closed = async () => {
      const conversationId = await world.write(visitor, 'Hello');
      await world.act(world.ann, 'conversation.accept', { conversationId });
      await world.act(world.ann, 'conversation.close', { conversationId });
      await turnClock(pool, world.workspaceId, MINUTE);
      return conversationId;
    };
    const first = await closed();
    expect(await world.write(visitor, 'By default it is reopened')).toBe(first);
    await world.act(world.ann, 'conversation.close', { conversationId: first });
    await turnClock(pool, world.workspaceId, MINUTE);
    const [, next] = await Promise.all([
      change({ reopenWithinMs: 0 }),
      world.write(visitor, 'In the same batch'),
    ]);
    expect(next).not.toBe(first);
    await change({ reopenWithinMs: defaultSettings.reopenWithinMs });
  });

  it('out of its range is refused by name, and nothing of the change holds', async () => {
    for (const [name, value] of settingKeys.flatMap((key) => beyond(key))) {
      const response = await patch({
        ...(name !== 'reopenWithinMs' && { reopenWithinMs: HOUR }),
        [name]: value,
      });
      expect(response.status, `${name}: ${value}`).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'invalid', field: name });
    }
    const unknown = await patch({ colour: 'red' });
    expect([unknown.status, await stored()]).toEqual([400, {}]);
    expect((await patch({ reopenWithinMs: HOUR })).status).toBe(200);
    await change({ reopenWithinMs: defaultSettings.reopenWithinMs });
  });

  it('that is as it was changes nothing, neither log nor audit log', async () => {
    const before = await change(defaultSettings);
    const after = await change({ inactivityMs: defaultSettings.inactivityMs });
    expect(after.position).toBe(before.position);
  });

  it('stored by an earlier release and no longer allowed counts as not set', async () => {
    const { pool } = world.server.engine;
    const text = JSON.stringify({ inactivityMs: 5, gone: true, reopenWithinMs: HOUR });
    await pool`update workspaces set settings = ${text}::text::jsonb where id = ${world.workspaceId}`;
    const { position } = await change({ pendingTimeoutMs: HOUR });
    expect(position).toBeGreaterThan(0);
    expect(await stored()).toEqual({ pendingTimeoutMs: HOUR, reopenWithinMs: HOUR });
    await change(Object.fromEntries(settingKeys.map((key) => [key, defaultSettings[key]])));
  });
});

describe('R-1.3, R-18.3 a time that was shortened or lengthened', () => {
  it('closes what is due by it, and spares what no longer is', async () => {
    const { pool, sweeper } = world.server.engine;
    const socket = await world.connect(world.susan, false);
    const [early, late] = [await pending(), await pending()];
    await turnClock(pool, world.workspaceId, 2 * HOUR);
    await sweeper.sweep();
    expect([await statusOf(early), await statusOf(late)]).toEqual(['pending', 'pending']);

    // Shortened: due at once.
    await change({ pendingTimeoutMs: HOUR });
    await socket.next(
      'changes',
      ({ entities }) =>
        entities.conversations?.some(({ id, status }) => id === late && status === 'closed') ??
        false,
    );
    expect([await statusOf(early), await statusOf(late)]).toEqual(['closed', 'closed']);

    // Lengthened: what would be due by the time before stays.
    const spared = await pending();
    await change({ pendingTimeoutMs: 50 * HOUR });
    await turnClock(pool, world.workspaceId, 26 * HOUR);
    await pool`update conversations set due_at = 0 where id = ${spared}`;
    await sweeper.sweep();
    expect(await statusOf(spared)).toBe('pending');
    await change({ pendingTimeoutMs: defaultSettings.pendingTimeoutMs });
  });
});

describe('R-1.5, R-1.6, R-18.3 timers that run already', () => {
  const answered = async () => {
    const conversationId = await world.write(world.newVisitor(), 'Hello');
    await world.act(world.ann, 'conversation.accept', { conversationId });
    await world.act(world.ann, 'message.send', { conversationId, text: 'How can I help?' });
    return conversationId;
  };
  const waiting = async () => {
    const conversationId = await world.write(world.newVisitor(), 'Hello');
    await world.act(world.ann, 'conversation.accept', { conversationId });
    return conversationId;
  };
  const assigneeOf = async (id: string) => {
    const { pool } = world.server.engine;
    const [row] = await pool`select assignee_id from conversations where id = ${id}`;
    return row?.assignee_id;
  };

  it('R-1.6 typing keeps a conversation with its assignee; looking at it does not', async () => {
    const { pool, sweeper } = world.server.engine;
    const socket = await world.connect(world.ann);
    const sweep = async () => {
      // Asked by the computer's clock, decided by the workspace's.
      await pool`update conversations set due_at = 0 where id in (${typedIn}, ${lookedAt})`;
      await sweeper.sweep();
    };
    const [typedIn, lookedAt] = [await waiting(), await waiting()];
    await turnClock(pool, world.workspaceId, 10 * MINUTE);
    for (const id of [typedIn, lookedAt])
      socket.send({ t: 'watch', conversationId: id as never, after: null });
    socket.send({ t: 'typing', conversationId: typedIn as never, isTyping: true });
    await vi.waitFor(async () => {
      const typed = await pool`
        select from drafts where conversation_id = ${typedIn} and agent_id = ${world.ann.agentId} and typed_at > 0`;
      expect(typed.length).toBe(1);
    }, WAIT);
    await turnClock(pool, world.workspaceId, 10 * MINUTE);
    await sweep();
    expect([await assigneeOf(typedIn), await assigneeOf(lookedAt)]).toEqual([
      world.ann.agentId,
      null,
    ]);

    // Nor does it for ever.
    await turnClock(pool, world.workspaceId, 10 * MINUTE);
    await sweep();
    expect(await assigneeOf(typedIn)).toBeNull();
    socket.close();
  });

  it('follow a shorter inactivity and a shorter detachment, and no longer one after it was lengthened', async () => {
    const { pool, sweeper } = world.server.engine;
    const [silent, idle] = [await answered(), await waiting()];
    await turnClock(pool, world.workspaceId, 10 * MINUTE);
    await sweeper.sweep();
    expect([await statusOf(silent), await assigneeOf(idle)]).toEqual(['open', world.ann.agentId]);

    await change({ inactivityMs: 5 * MINUTE });
    await vi.waitFor(async () => expect(await statusOf(silent)).toBe('closed'), WAIT);
    await change({ detachMs: 5 * MINUTE });
    await vi.waitFor(async () => expect(await assigneeOf(idle)).toBeNull(), WAIT);

    const [kept, held] = [await answered(), await waiting()];
    await change({ inactivityMs: HOUR, detachMs: HOUR });
    await turnClock(pool, world.workspaceId, 10 * MINUTE);
    await sweeper.sweep();
    expect([await statusOf(kept), await assigneeOf(held)]).toEqual(['open', world.ann.agentId]);
    await change({ inactivityMs: 15 * MINUTE, detachMs: 15 * MINUTE });
  });
});
