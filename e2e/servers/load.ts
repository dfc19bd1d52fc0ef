import { setTimeout as delay } from 'node:timers/promises';
import type { ConversationId } from '@deskbell/contract';
import type { AgentClient, ContactClient } from '@deskbell/sdk';
import { expect } from 'vitest';
import { isLive, type Stage, shown, shownTo, until } from '../resume/stage.ts';

const VISITORS = 6;

interface Chat {
  widget: ContactClient;
  id: ConversationId;
  sent: string[];
}

/** Ann's desk and some visitors who write to each other all the time, over lines that lead to any server. */
export class Load {
  private readonly stage: Stage;
  private readonly desk: AgentClient;
  private readonly chats: Chat[];
  private readonly answers: Promise<object>[] = [];
  private isOver = false;
  private readonly restMs: number;
  private readonly talking: Promise<unknown>;

  private constructor(
    stage: Stage,
    { desk, chats, restMs }: { desk: AgentClient; chats: Chat[]; restMs: number },
  ) {
    this.restMs = restMs;
    this.stage = stage;
    this.desk = desk;
    this.chats = chats;
    this.talking = Promise.all(chats.map((chat) => this.talk(chat)));
  }

  /** `restMs`: so long each of them pauses after an answer. */
  static async begin(stage: Stage, { restMs = 0 } = {}): Promise<Load> {
    const desk = stage.desk(stage.world.ann);
    const chats = await Promise.all(
      Array.from({ length: VISITORS }, async () => {
        const visitor = stage.world.newVisitor();
        const id = (await stage.world.write(visitor, 'hello')) as ConversationId;
        await stage.world.act(stage.world.ann, 'conversation.accept', { conversationId: id });
        desk.watch(id);
        return { widget: stage.widget(visitor), id, sent: [] };
      }),
    );
    await Promise.all([isLive(desk), ...chats.map(({ widget }) => isLive(widget))]);
    return new Load(stage, { desk, chats, restMs });
  }

  /** Resolves when so many more have been sent and answered, whatever happens meanwhile. */
  async more(count: number): Promise<void> {
    const goal = this.answers.length + count;
    await until(() => expect(this.answers.length).toBeGreaterThanOrEqual(goal), 60_000);
    await Promise.all(this.answers.slice(0, goal));
  }

  /** Ends it, and compares: what was sent, what the database has, what both sides show. Returns how many were sent. */
  async expectNothingLost(): Promise<number> {
    this.isOver = true;
    await this.talking;
    for (const answer of await Promise.all(this.answers)) expect(answer).toHaveProperty('answer');
    for (const { id, sent, widget } of this.chats) {
      const stored = await this.stage.stored(id);
      expect(stored.filter((text) => text.startsWith('visitor'))).toEqual(
        sent.filter((text) => text.startsWith('visitor')),
      );
      expect(stored.filter((text) => text.startsWith('agent'))).toEqual(
        sent.filter((text) => text.startsWith('agent')),
      );
      expect(stored).toHaveLength(sent.length + 1);
      // The last pages; what is further up is loaded when somebody scrolls there.
      const last = (texts: string[]) => texts.slice(-40);
      await until(() => expect(last(shown(this.desk, id))).toEqual(last(stored)), 30_000);
      await until(() => expect(last(shownTo(widget))).toEqual(last(stored)), 30_000);
    }
    return this.answers.length;
  }

  /** One of each side at a time: the next when the one before was answered. */
  private async talk({ widget, id, sent }: Chat): Promise<void> {
    for (let number = 0; !this.isOver; number += 1) {
      const [theirs, ours] = [`visitor ${number}`, `agent ${number}`];
      sent.push(theirs, ours);
      const both = [
        widget.sendMessage(theirs),
        this.desk.send('message.send', { conversationId: id, text: ours }),
      ];
      this.answers.push(...both);
      await Promise.all(both);
      if (this.restMs > 0) await delay(this.restMs);
    }
  }
}
