import type { ClientFrame, ConversationId } from '@deskbell/contract';
import type { AgentStore } from './agent-store.ts';

/** So many timelines stay live after they were closed, so that coming back shows them at once. */
const WARM = 24;
/** How long a hole may stay before it is asked for, in ms: frames of one change may come one after the other. */
const REPAIR_MS = 1_000;
const REPAIR_LIMIT_MS = 60_000;

interface Watch {
  holders: number;
  /** Doubles while asking doesn't help. */
  repairMs: number;
  repair: ReturnType<typeof setTimeout> | null;
}

/** Which timelines are live, and what is asked of the server so that they stay whole. */
export class Watches {
  private readonly store: AgentStore;
  private readonly send: (frame: ClientFrame) => boolean;
  /** The ones closed longest ago come first. */
  private readonly watches = new Map<ConversationId, Watch>();
  private named: ReadonlySet<ConversationId> = new Set();

  constructor(store: AgentStore, send: (frame: ClientFrame) => boolean) {
    this.store = store;
    this.send = send;
  }

  /** Returns the way to let go. */
  open(id: ConversationId): () => void {
    const watch = this.watches.get(id) ?? this.begin(id);
    watch.holders++;
    let isOpen = true;
    return () => {
      if (isOpen) this.close(id, watch);
      isOpen = false;
    };
  }

  /** The timelines to go on with, each from its last entry without a hole. */
  forHello(): Record<ConversationId, number> {
    const places = [...this.store.held].flatMap(([id, timeline]) =>
      timeline.isLoaded ? [[id, timeline.completeThrough] as const] : [],
    );
    this.named = new Set(places.map(([id]) => id));
    return Object.fromEntries(places);
  }

  /** A snapshot was taken in: what was named, but had to be forgotten, is asked for after all. */
  forgetUnheld(): void {
    this.named = new Set([...this.named].filter((id) => this.store.held.get(id)?.isLoaded));
  }

  /** After a hello: asks for those that it couldn't name, since nothing of them was held. */
  askUnnamed(): void {
    for (const id of this.watches.keys()) if (!this.named.has(id)) this.watch(id);
  }

  /** Asks for all of them. */
  ask(): void {
    for (const id of this.watches.keys()) this.watch(id);
  }

  /** Asks before long for what is missing, where it doesn't come by itself. */
  repair(): void {
    const missing = new Set(this.store.missing());
    for (const [id, watch] of this.watches) {
      if (!missing.has(id)) this.settle(watch);
      else watch.repair ??= setTimeout(() => this.askAgain(id, watch), watch.repairMs);
    }
  }

  stop(): void {
    for (const watch of this.watches.values()) this.settle(watch);
  }

  private begin(id: ConversationId): Watch {
    const watch: Watch = { holders: 0, repairMs: REPAIR_MS, repair: null };
    this.watches.set(id, watch);
    this.store.open(id);
    this.watch(id);
    return watch;
  }

  private close(id: ConversationId, watch: Watch): void {
    watch.holders--;
    if (watch.holders > 0 || this.watches.get(id) !== watch) return;
    this.watches.delete(id);
    this.watches.set(id, watch);
    const closed = [...this.watches].filter(([, each]) => each.holders === 0);
    for (const [eldest, each] of closed.slice(0, -WARM)) this.forget(eldest, each);
  }

  private forget(id: ConversationId, watch: Watch): void {
    this.settle(watch);
    this.watches.delete(id);
    this.store.close(id);
    this.send({ t: 'unwatch', conversationId: id });
  }

  private watch(id: ConversationId): void {
    const timeline = this.store.held.get(id);
    const after = timeline?.isLoaded ? timeline.completeThrough : null;
    this.send({ t: 'watch', conversationId: id, after });
  }

  private askAgain(id: ConversationId, watch: Watch): void {
    watch.repair = null;
    watch.repairMs = Math.min(REPAIR_LIMIT_MS, watch.repairMs * 2);
    if (!this.store.missing().includes(id)) return;
    this.watch(id);
    this.repair();
  }

  private settle(watch: Watch): void {
    if (watch.repair !== null) clearTimeout(watch.repair);
    watch.repair = null;
    watch.repairMs = REPAIR_MS;
  }
}
