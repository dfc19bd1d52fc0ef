import type { ConversationId } from '@deskbell/contract';
import {
  type AgentClient,
  type AgentClientOptions,
  type ContactClient,
  createAgentClient,
  createContactClient,
  type TimelineItem,
} from '@deskbell/sdk';
import { expect, vi } from 'vitest';
import {
  createWorld,
  type Person,
  type Visitor,
  type World,
} from '../../server/src/testing/world.ts';
import { CuttableProxy, type Direction, type Verdict } from './cuttable-proxy.ts';

/** Comes back at once, so that a test waits for nothing but what it is about. */
const backoff = { firstMs: 20, limitMs: 50 };

/** A real server, a stretch of network that can be cut, and clients on both sides of it. */
export class Stage {
  readonly world: World;
  readonly proxy: CuttableProxy;
  /** Where clients dial that no break reaches. */
  url: string;
  private readonly clients: { stop(): void }[] = [];
  private readonly further: { close(): Promise<void> }[] = [];

  private constructor(world: World, proxy: CuttableProxy) {
    this.world = world;
    this.proxy = proxy;
    this.url = world.url;
  }

  /** `environment`: settings of the server other than the defaults. */
  static async open(environment: Record<string, string> = {}): Promise<Stage> {
    const world = await createWorld(environment);
    return new Stage(world, await CuttableProxy.open(world.url));
  }

  /** A desk behind the network that breaks. */
  desk(who: Person, options: Partial<AgentClientOptions> = {}): AgentClient {
    return this.keep(
      createAgentClient({ baseUrl: this.proxy.url, token: who.token, backoff, ...options }),
    );
  }

  /** A desk that has never missed anything: what another one must look like in the end. */
  freshDesk(who: Person): AgentClient {
    return this.keep(
      createAgentClient({ baseUrl: this.url, token: who.token, isPresent: false, backoff }),
    );
  }

  widget(who: Visitor): ContactClient {
    const { inboxKey: inbox, token } = who;
    return this.keep(createContactClient({ baseUrl: this.proxy.url, inbox, token, backoff }));
  }

  freshWidget(who: Visitor): ContactClient {
    const { inboxKey: inbox, token } = who;
    return this.keep(createContactClient({ baseUrl: this.url, inbox, token, backoff }));
  }

  /** A conversation of Vera's that Ann has, with these messages of Vera's. */
  async conversation(...texts: string[]): Promise<ConversationId> {
    const { world } = this;
    let id = '';
    for (const text of texts) id = await world.write(world.vera, text);
    const conversationId = id as ConversationId;
    await world.act(world.ann, 'conversation.accept', { conversationId });
    return conversationId;
  }

  /** What the server itself has stored of a conversation. */
  async stored(id: ConversationId): Promise<string[]> {
    const rows = await this.world.server.engine.pool<{ text: string }[]>`
      select text from timeline where conversation_id = ${id} and kind = 'message' order by seq`;
    return rows.map(({ text }) => text);
  }

  /** Everybody dials this server from now on. */
  moveTo(url: string): void {
    this.url = url;
    this.proxy.redirect(url);
  }

  /** Resolves once the network did this to the first frame that fits; everything else passes. */
  fault(way: Direction, fits: RegExp, verdict: Verdict): Promise<void> {
    return new Promise((happened) => {
      let isDone = false;
      this.proxy.judge = (direction, text) => {
        if (isDone || direction !== way || !fits.test(text)) return 'pass';
        isDone = true;
        happened();
        return verdict;
      };
    });
  }

  /** Until then the server commits nothing. Returns the way to let it. */
  async blockCommits(): Promise<() => Promise<void>> {
    const { workspaceId } = this.world;
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let blocked: () => void = () => undefined;
    const isBlocked = new Promise<void>((resolve) => {
      blocked = resolve;
    });
    const done = this.world.server.engine.pool.begin(async (sql) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${workspaceId}, 0))`;
      blocked();
      await released;
    });
    await isBlocked;
    return async () => {
      release();
      await done;
    };
  }

  /** Ends with the stage. */
  add(further: { close(): Promise<void> }): void {
    this.further.push(further);
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.stop();
    await this.proxy.close();
    await Promise.all(this.further.map((each) => each.close()));
    await this.world.close();
  }

  private keep<Client extends { stop(): void }>(client: Client): Client {
    this.clients.push(client);
    return client;
  }
}

/** Waits for the event that makes it true. */
export function until<Found>(
  holds: () => Found | Promise<Found>,
  withinMs = 10_000,
): Promise<Found> {
  return vi.waitFor(holds, { timeout: withinMs, interval: 10 });
}

export const isLive = (client: { state: { name: string } }) =>
  until(() => expect(client.state.name).toBe('live'));

/** The messages that a timeline shows, those which aren't stored yet with their state. */
export function shown(client: AgentClient, id: ConversationId): string[] {
  return client.store.timeline(id).items.flatMap(texts);
}

export function shownTo(client: ContactClient): string[] {
  return client.store.view.items.flatMap(texts);
}

function texts(item: TimelineItem): string[] {
  if (item.state !== 'stored') return [`${item.text} (${item.state})`];
  return item.entry.kind === 'message' ? [item.entry.text] : [];
}

/** Everything that a desk which missed something must hold as one that is new: snapshot + changes = fresh fetch. */
export async function expectSameAsFresh(
  stage: Stage,
  { desk, who, watched }: { desk: AgentClient; who: Person; watched: ConversationId[] },
): Promise<void> {
  const fresh = stage.freshDesk(who);
  await isLive(fresh);
  for (const client of [fresh, desk]) for (const id of watched) await loadWholeTimeline(client, id);
  await until(() => {
    const expected = contents(fresh, watched);
    expect(contents(desk, watched)).toEqual(expected);
  });
  fresh.stop();
}

async function loadWholeTimeline(client: AgentClient, id: ConversationId): Promise<void> {
  const timeline = client.watch(id);
  await until(() => expect(timeline.view().isLoaded).toBe(true));
  while (timeline.view().hasEarlier) expect(await timeline.loadEarlier()).toBeNull();
}

function contents({ store }: AgentClient, watched: ConversationId[]) {
  const { entities } = store;
  const sorted = <T extends { id: string }>(all: readonly T[]) =>
    all.toSorted((left, right) => (left.id < right.id ? -1 : 1));
  return {
    me: store.me,
    agents: sorted(entities.agents.all()),
    inboxes: sorted(entities.inboxes.all()),
    contacts: sorted(entities.contacts.all()),
    conversations: sorted(entities.conversations.all()),
    marks: sorted(entities.marks.all()),
    receipts: sorted(entities.receipts.all()),
    drafts: sorted(entities.drafts.all().filter(({ text }) => text !== '')),
    lists: (['queue', 'mine', 'open'] as const).map((list) => store.list(list)),
    timelines: watched.map((id) => store.timeline(id)),
    counts: store.counts,
  };
}
