import type { ClientFrame, ServerFrame } from '@deskbell/contract';
import { vi } from 'vitest';
import { Outbox, type Outcome } from '../outbox.ts';
import type { OutboxItem, OutboxStorage } from '../outbox-storage.ts';
import type { TabLock } from '../tab-lock.ts';

type CommandFrame = Extract<ClientFrame, { t: 'command' }>;
type AnswerFrame = Extract<ServerFrame, { t: 'ack' | 'refused' }>;

export type Happening =
  | { what: 'write'; tab: number; lane: string }
  | { what: 'connect' | 'cut' | 'answer' | 'reload' | 'wait' | 'turn the clock back'; tab: number }
  | { what: 'arrive'; tab: number; answer: 'ack' | 'busy' | 'refuse' }
  /** The process ends after so many further writes to its storage. */
  | { what: 'die'; tab: number; after: number };

interface Written {
  clientId: string;
  lane: string;
  tab: number;
}

interface Tab {
  outbox: Outbox;
  isLive: boolean;
  /** Frames on their way to the server, and answers on their way back. */
  up: CommandFrame[];
  down: AnswerFrame[];
  /** Writes to the storage that the process still lives to see. */
  breath: number;
  heard: (clientId: string, item: OutboxItem | null) => void;
}

/** Tabs with outboxes over one storage, lines that break, and a server that knows a command by its id. */
export class OutboxWorld {
  private readonly promises: { clientId: string; outcome: Outcome | null }[] = [];
  private readonly items = new Map<string, string>();
  private readonly written: Written[] = [];
  private readonly log: Written[] = [];
  private readonly answers = new Map<string, AnswerFrame>();
  private readonly tabs: Tab[] = [];
  private readonly isLocked: boolean;
  private holder: { tab: number; lose: () => void } | null = null;
  private queue: { tab: number; begin: () => void }[] = [];

  constructor(tabs: number, isLocked = false) {
    this.isLocked = isLocked;
    for (let index = 0; index < tabs; index++) this.open(index);
  }

  happen(happening: Happening): void {
    const tab = this.tab(happening.tab);
    switch (happening.what) {
      case 'write':
        return this.write(happening.tab, happening.lane);
      case 'connect':
        tab.isLive = true;
        return tab.outbox.connected(true);
      case 'cut':
        return this.cut(tab);
      case 'arrive':
        return this.arrive(tab, happening.answer);
      case 'answer': {
        const frame = tab.down.shift();
        if (frame) tab.outbox.answered(frame);
        return;
      }
      case 'reload':
        return this.reload(happening.tab);
      case 'die':
        // Nobody comes back to life.
        tab.breath = Math.min(tab.breath, happening.after);
        return;
      case 'wait':
        vi.advanceTimersByTime(40_000);
        return;
      case 'turn the clock back':
        vi.setSystemTime(Date.now() - 3_600_000);
    }
  }

  /** The line holds from now on, and the server takes everything, until nothing moves any more. */
  settle(): void {
    for (const [index, { breath }] of this.tabs.entries())
      if (breath !== Number.POSITIVE_INFINITY) this.reload(index);
    for (let round = 0; round < 200; round++) {
      for (const [index, tab] of this.tabs.entries()) {
        if (!tab.isLive) this.happen({ what: 'connect', tab: index });
        while (tab.up.length > 0) this.arrive(tab, 'ack');
        while (tab.down.length > 0) this.happen({ what: 'answer', tab: index });
      }
      if (round % 20 === 19) vi.advanceTimersByTime(40_000);
    }
  }

  /** What the server stored, by lane. */
  stored(): string[][] {
    return byLane(this.log);
  }

  /** What it should have stored: everything written that it did not refuse. */
  wanted(): string[][] {
    return byLane(this.written.filter(({ clientId }) => !this.isRefused(clientId)));
  }

  storedByTab(): string[][] {
    return this.tabs.flatMap((_, index) => byLane(this.log.filter(({ tab }) => tab === index)));
  }

  wantedByTab(): string[][] {
    const wanted = this.written.filter(({ clientId }) => !this.isRefused(clientId));
    return this.tabs.flatMap((_, index) => byLane(wanted.filter(({ tab }) => tab === index)));
  }

  /** What is still in the outbox of each tab. */
  left(): string[][] {
    return this.tabs.map(({ outbox }) => outbox.all().map(({ clientId }) => clientId));
  }

  refused(): string[][] {
    const ids = this.written.map(({ clientId }) => clientId).filter((id) => this.isRefused(id));
    return this.tabs.map(() => ids.toSorted());
  }

  /** What the server answered to everything written, as the promises of `add` should tell it. */
  told(): (string | null)[] {
    return this.promises.map(({ outcome }) => {
      if (outcome === null) return null;
      return 'code' in outcome ? outcome.code : 'stored';
    });
  }

  answered(): string[] {
    return this.promises.map(({ clientId }) => (this.isRefused(clientId) ? 'taken' : 'stored'));
  }

  private isRefused(clientId: string): boolean {
    return this.answers.get(clientId)?.t === 'refused';
  }

  private tab(index: number): Tab {
    const tab = this.tabs[index];
    if (!tab) throw new Error(`there is no tab ${index}`);
    return tab;
  }

  private open(index: number): void {
    const tab: Omit<Tab, 'outbox'> = {
      isLive: false,
      up: [],
      down: [],
      breath: Number.POSITIVE_INFINITY,
      heard: () => undefined,
    };
    const outbox = new Outbox({
      storage: this.storage(index, tab),
      send: (frame) => this.send(tab, frame),
      onChange: () => undefined,
      retryMs: 1_000,
      ...(this.isLocked ? { lock: (onChange) => this.lock(index, onChange) } : {}),
    });
    this.tabs[index] = Object.assign(tab, { outbox });
  }

  private write(index: number, lane: string): void {
    const tab = this.tab(index);
    const input = lane === '' ? {} : { conversationId: lane };
    const { clientId, outcome } = tab.outbox.add('message.send', input);
    // Who died before it was stored never showed it as written.
    if (this.items.has(clientId)) this.written.push({ clientId, lane, tab: index });
    const promise = { clientId, outcome: null as Outcome | null };
    this.promises.push(promise);
    void outcome.then((given) => {
      promise.outcome = given;
    });
  }

  private cut(tab: Tab): void {
    tab.isLive = false;
    tab.up = [];
    tab.down = [];
    tab.outbox.connected(false);
  }

  private reload(index: number): void {
    const old = this.tab(index);
    old.breath = 0;
    this.cut(old);
    old.outbox.stop();
    this.open(index);
  }

  private send(tab: Omit<Tab, 'outbox'>, frame: ClientFrame): boolean {
    if (!tab.isLive || tab.breath <= 0 || frame.t !== 'command') return false;
    tab.up.push(frame);
    return true;
  }

  private arrive(tab: Tab, how: 'ack' | 'busy' | 'refuse'): void {
    const frame = tab.up.shift();
    if (!frame) return;
    const known = this.answers.get(frame.id);
    if (known) return void tab.down.push(known);
    if (how === 'busy')
      return void tab.down.push({ t: 'refused', id: frame.id, code: 'busy', detail: '' });
    const answer: AnswerFrame =
      how === 'ack'
        ? { t: 'ack', id: frame.id, answer: {} }
        : { t: 'refused', id: frame.id, code: 'taken', detail: '' };
    this.answers.set(frame.id, answer);
    tab.down.push(answer);
    const written = this.written.find(({ clientId }) => clientId === frame.id);
    if (how === 'ack') this.log.push(written ?? { clientId: frame.id, lane: '?', tab: -1 });
  }

  private storage(index: number, tab: Omit<Tab, 'outbox'>): OutboxStorage {
    const change = (clientId: string, item: OutboxItem | null) => {
      if (tab.breath <= 0) return;
      tab.breath--;
      if (item) this.items.set(clientId, JSON.stringify(item));
      else this.items.delete(clientId);
      for (const [other, { heard }] of this.tabs.entries())
        if (other !== index)
          heard(clientId, item && (JSON.parse(JSON.stringify(item)) as OutboxItem));
    };
    const storage: OutboxStorage = {
      load: () => [...this.items.values()].map((text) => JSON.parse(text) as OutboxItem),
      put: (item) => change(item.clientId, item),
      remove: (clientId) => change(clientId, null),
    };
    storage.listen = (tell) => {
      tab.heard = (clientId, item) => {
        if (tab.breath > 0) tell(clientId, item);
      };
      return () => {
        tab.heard = () => undefined;
      };
    };
    return storage;
  }

  /** As Web Locks behave: one holder, a queue, and who steals. */
  private lock(tab: number, onChange: (isHeld: boolean) => void): TabLock {
    const take = () => {
      this.holder = { tab, lose: () => onChange(false) };
      onChange(true);
    };
    const leave = () => {
      this.queue = this.queue.filter((each) => each.tab !== tab);
      if (this.holder?.tab !== tab) return;
      this.holder.lose();
      this.holder = null;
      this.queue.shift()?.begin();
    };
    return {
      release: leave,
      ask: (isUrgent) => {
        if (this.holder?.tab === tab) return;
        this.queue = this.queue.filter((each) => each.tab !== tab);
        if (!this.holder) return take();
        if (!isUrgent) return void this.queue.push({ tab, begin: take });
        const old = this.holder;
        old.lose();
        take();
      },
    };
  }
}

function byLane(all: readonly Written[]): string[][] {
  const lanes = ['first', 'second', '', '?'];
  return lanes.map((lane) =>
    all.filter((each) => each.lane === lane).map(({ clientId }) => clientId),
  );
}
