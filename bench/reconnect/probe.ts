import { setTimeout as delay } from 'node:timers/promises';
import type { ConversationId } from '@deskbell/contract';
import {
  type AgentClient,
  type ContactClient,
  createAgentClient,
  createContactClient,
} from '@deskbell/sdk';
import { isLive } from './live.ts';

const backoff = { firstMs: 20, limitMs: 50 };
/** Between two messages, in ms. */
const PAUSE_MS = 50;

/** One visitor who writes to one agent all the time; tells how long each message took. */
export class Probe {
  readonly latencies: number[] = [];
  private readonly visitor: ContactClient;
  private readonly agent: AgentClient;
  private timer: NodeJS.Timeout | undefined;
  private readonly underWay = new Map<string, number>();
  private count = 0;

  constructor(given: {
    baseUrl: string;
    inbox: string;
    visitorToken: string;
    agentToken: string;
  }) {
    const { baseUrl, inbox, visitorToken, agentToken } = given;
    this.visitor = createContactClient({ baseUrl, inbox, token: visitorToken, backoff });
    this.agent = createAgentClient({ baseUrl, token: agentToken, backoff });
  }

  /** Opens the conversation and lets the agent take it. */
  async open(): Promise<void> {
    const first = await this.visitor.sendMessage('Hello!');
    if ('code' in first) throw new Error(`the probe was refused: ${first.detail}`);
    const conversationId = first.answer.conversationId as ConversationId;
    const online = { availability: 'online', conversations: 'keep' } as const;
    await this.agent.send('agent.set-availability', online);
    const taken = await this.agent.send('conversation.accept', { conversationId });
    if ('code' in taken) throw new Error(`the probe was refused: ${taken.detail}`);
    this.agent.watch(conversationId);
    this.agent.subscribe(() => this.look(conversationId));
  }

  /** Resolves when both ends are connected again. */
  async isLive(): Promise<void> {
    for (const client of [this.visitor, this.agent]) await isLive(client);
  }

  start(): void {
    this.timer = setInterval(() => {
      const text = `probe ${this.count++}`;
      this.underWay.set(text, performance.now());
      void this.visitor.sendMessage(text);
    }, PAUSE_MS);
  }

  /** Says nothing more; answers how many have not arrived a while later. */
  async end(patienceMs: number): Promise<number> {
    clearInterval(this.timer);
    const ended = performance.now();
    while (this.underWay.size > 0 && performance.now() - ended < patienceMs) await delay(20);
    return this.underWay.size;
  }

  stop(): void {
    this.visitor.stop();
    this.agent.stop();
  }

  private look(id: ConversationId): void {
    for (const item of this.agent.store.timeline(id).items.slice(-20)) {
      if (item.state !== 'stored' || item.entry.kind !== 'message') continue;
      const sent = this.underWay.get(item.entry.text);
      if (sent === undefined) continue;
      this.latencies.push(performance.now() - sent);
      this.underWay.delete(item.entry.text);
    }
  }
}
