import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { referencesOf } from '../../capabilities.ts';
import { conversations, timeline } from '../../conversations/index.ts';
import { answerOf, type Office, openOffice } from '../../testing/office.ts';
import { appendEvents, type LogEvent, readEvents } from '../log/log.ts';
import type { Committed } from '../pipeline/pipeline.ts';
import type { Queries } from '../store/connect.ts';
import { runStatement } from '../store/statement.ts';
import { Feed, type FeedBatch, type FeedOptions } from './feed.ts';

/** Never by itself: a test asks for the heads where it wants to. */
const NEVER = 2 ** 30;

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise(setImmediate);
};

/** A workspace's log that a test writes by hand, and a feed that follows it. */
class Log {
  readonly workspaceId = randomUUID();
  readonly heard: FeedBatch[] = [];
  readonly troubles: string[] = [];
  readonly feed: Feed;
  head = 0;

  constructor(options: Partial<FeedOptions> = {}) {
    this.feed = new Feed({
      pool: office.pool,
      referencesOf: () => [],
      onTrouble: (error, what) => void this.troubles.push(`${what}: ${error}`),
      pollMs: NEVER,
      ...options,
    });
  }

  open(listener = (batch: FeedBatch) => void this.heard.push(batch)): Promise<number> {
    return this.feed.open(this.workspaceId, listener);
  }

  /** Somebody commits; what a pulse would tell of it. */
  async commit(count: number): Promise<Committed> {
    const events = Array.from({ length: count }, (_, index) => this.event(this.head + index + 1));
    this.head += count;
    await runStatement(office.pool as unknown as Queries, appendEvents(this.workspaceId, events));
    return { workspaceId: this.workspaceId, events, rows: new Map() };
  }

  positions(): number[] {
    return this.heard.flatMap(({ events }) => events.map(({ position }) => position));
  }

  private event(position: number): LogEvent {
    const [kind, entity] = ['workspace.changed', 'workspace'] as const;
    return {
      position,
      at: 0,
      kind,
      entity,
      id: this.workspaceId,
      version: position,
      actor: 'test',
      audience: 'workspace',
      audienceBefore: null,
    };
  }
}

const upTo = (head: number, after = 0) =>
  Array.from({ length: head - after }, (_, index) => after + index + 1);

describe('R-5.2 a workspace’s log is handed on in order and whole', () => {
  type Step =
    | { what: 'commit'; count: number; pulse: 'now' | 'late' | 'lost' | 'twice' }
    | { what: 'deliver late ones' | 'poll' | 'hint' };
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        what: fc.constant('commit' as const),
        count: fc.integer({ min: 1, max: 4 }),
        pulse: fc.constantFrom(
          'now' as const,
          'now' as const,
          'late' as const,
          'lost' as const,
          'twice' as const,
        ),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        what: fc.constantFrom('deliver late ones' as const, 'poll' as const, 'hint' as const),
      }),
    },
  );

  it('whatever pulses are lost, late, doubled or overtaken', async () => {
    const property = fc.asyncProperty(
      fc.array(step, { maxLength: 25, size: 'max' }),
      fc.nat(5),
      async (steps, before) => {
        const log = new Log();
        if (before > 0) await log.commit(before);
        await log.open();
        let late: Committed[] = [];
        for (const each of steps) {
          if (each.what === 'poll') void log.feed.poll();
          if (each.what === 'hint') log.feed.hint(log.workspaceId, log.head);
          if (each.what === 'deliver late ones') {
            for (const committed of late.reverse()) log.feed.publish(committed);
            late = [];
          }
          if (each.what !== 'commit') continue;
          const committed = await log.commit(each.count);
          if (each.pulse === 'late') late.push(committed);
          if (each.pulse === 'now' || each.pulse === 'twice') log.feed.publish(committed);
          if (each.pulse === 'twice') log.feed.publish(committed);
        }
        await log.feed.poll();
        await until(() => (log.positions().at(-1) ?? before) >= log.head);
        for (const committed of late) log.feed.publish(committed);
        expect(log.positions()).toEqual(upTo(log.head, before));
        expect(log.troubles).toEqual([]);
        log.feed.close();
      },
    );
    await fc.assert(property, { numRuns: 250 });
  }, 60_000);

  it('a pulse that follows a gap is told after what is missing', async () => {
    const log = new Log();
    await log.open();
    await log.commit(2);
    log.feed.publish(await log.commit(1));
    expect(log.heard).toEqual([]);
    await until(() => log.positions().length === 3);
    expect(log.positions()).toEqual([1, 2, 3]);
  });

  it('a last pulse that was lost heals by asking for the head', async () => {
    const log = new Log();
    await log.open();
    await log.commit(3);
    await log.feed.poll();
    await until(() => log.positions().length === 3);
    expect(log.positions()).toEqual([1, 2, 3]);
  });

  it('what another server tells of is read at once', async () => {
    const log = new Log();
    await log.open();
    await log.commit(3);
    log.feed.hint(log.workspaceId, 2);
    log.feed.hint(log.workspaceId, 3);
    await until(() => log.positions().length === 3);
    expect(log.positions()).toEqual([1, 2, 3]);
  });

  it('what another server tells of and the log does not show is believed by nobody', async () => {
    const log = new Log();
    await log.open();
    await log.commit(1);
    log.feed.hint(log.workspaceId, 1_000);
    await until(() => log.positions().length === 1);
    await log.commit(1);
    log.feed.hint(log.workspaceId, 2);
    await until(() => log.positions().length === 2);
    log.feed.publish(await log.commit(1));
    await until(() => log.positions().length === 3);
    expect(log.positions()).toEqual([1, 2, 3]);
  });

  it('a long gap that another server tells of is read to its end', async () => {
    const log = new Log();
    await log.open();
    await log.commit(2_500);
    log.feed.hint(log.workspaceId, 2_500);
    await until(() => log.positions().length >= 2_500);
    expect(log.positions()).toEqual(upTo(2_500));
  });

  it('what is committed while it opens is told once', async () => {
    const log = new Log();
    const [position] = await Promise.all([
      log.open(),
      log.commit(2).then((committed) => log.feed.publish(committed)),
    ]);
    await log.feed.poll();
    await until(() => position === 2 || log.positions().at(-1) === 2);
    expect(log.positions()).toEqual(upTo(2, position));
  });

  it('a gap longer than one reading is read in several', async () => {
    const log = new Log();
    await log.open();
    await log.commit(1_500);
    await log.commit(1_000);
    await log.feed.poll();
    await until(() => log.positions().length >= 2_500);
    expect(log.positions()).toEqual(upTo(2_500));
    expect(log.heard.length).toBeGreaterThan(2);
  });

  it('a gap that cannot be read is told of, and read the next time', async () => {
    let failures = 1;
    const log = new Log({
      readGap: (...given) =>
        failures-- > 0 ? Promise.reject(new Error('the database is away')) : readEvents(...given),
    });
    await log.open();
    await log.commit(1);
    log.feed.publish(await log.commit(1));
    await until(() => log.troubles.length > 0);
    await log.feed.poll();
    await until(() => log.positions().length === 2);
    expect(log.positions()).toEqual([1, 2]);
  });

  it('a listener that throws harms neither the one who commits nor what follows', async () => {
    const log = new Log();
    await log.open((batch) => {
      log.heard.push(batch);
      throw new Error('a bug in a listener');
    });
    log.feed.publish(await log.commit(1));
    log.feed.publish(await log.commit(1));
    expect(log.positions()).toEqual([1, 2]);
    expect(log.troubles).toHaveLength(2);
  });

  it('positions that the log no longer holds are waited for by nobody', async () => {
    const log = new Log();
    await log.open();
    await log.commit(3);
    await office.pool`delete from log where workspace_id = ${log.workspaceId} and position <= 2`;
    await log.feed.poll();
    await until(() => log.positions().length === 1);
    log.feed.publish(await log.commit(1));
    await until(() => log.positions().length === 2);
    expect(log.positions()).toEqual([3, 4]);
  });
});

describe('another server’s commits', () => {
  it('come with the rows that they speak of', async () => {
    const elsewhere = office.open();
    const heard: FeedBatch[] = [];
    const feed = new Feed({
      pool: office.pool,
      referencesOf,
      onTrouble: () => undefined,
      pollMs: NEVER,
    });
    await feed.open(office.workspaceId, (batch) => void heard.push(batch));
    const answer = answerOf(
      await elsewhere.act(office.visitor(), 'message.receive', { text: 'hi' }),
    );
    await feed.poll();
    await until(() => heard.length > 0);
    const conversationId = String(answer.conversationId);
    const [batch] = heard;
    expect(batch?.events.map(({ kind, entity }) => [kind, entity])).toEqual([
      ['contact.added', 'contact'],
      ['conversation.opened', 'conversation'],
      ['message.added', 'conversation'],
    ]);
    expect(batch?.row(conversations, conversationId)).toMatchObject({ seq: 2, lastText: 'hi' });
    expect(batch?.row(timeline, `${conversationId}:2`)).toMatchObject({ text: 'hi' });
    feed.close();
  });

  it('and another workspace’s are not told', async () => {
    const [log, other] = [new Log(), new Log()];
    await log.open();
    log.feed.publish(await other.commit(1));
    await log.feed.poll();
    log.feed.publish(await log.commit(1));
    await until(() => log.positions().length > 0);
    expect(log.heard.flatMap(({ events }) => events.map(({ id }) => id))).toEqual([
      log.workspaceId,
    ]);
  });
});
