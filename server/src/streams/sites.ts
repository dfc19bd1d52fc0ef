import { mayEmbed, type Site } from '@deskbell/contract';
import { type InboxRow, siteForContacts } from '../inboxes/index.ts';
import { isOnline } from '../presence/index.ts';
import type { Contacts } from './contact-lane.ts';
import { frame } from './frames.ts';
import type { References } from './references.ts';

const MINUTE = 60_000;

/** What contacts hear of their inbox: how it looks, whether somebody is there, how soon an answer comes. */
export class Sites {
  private readonly held: References;
  private readonly contacts: Contacts;
  private usualAnswerMs: number | null = null;

  constructor(held: References, contacts: Contacts) {
    this.held = held;
    this.contacts = contacts;
  }

  of(inboxId: string): Site | undefined {
    const inbox = this.held.inboxes.get(inboxId);
    if (!inbox) return undefined;
    const { usualAnswerMs } = this;
    return siteForContacts(inbox, { isOnline: this.isOnline(inbox), usualAnswerMs });
  }

  /** in ms. */
  setUsualAnswer(ms: number | null): void {
    // To the minute, so that it isn't told anew with every answer.
    const usualAnswerMs = ms === null ? null : Math.max(1, Math.round(ms / MINUTE)) * MINUTE;
    if (usualAnswerMs === this.usualAnswerMs) return;
    this.usualAnswerMs = usualAnswerMs;
    for (const id of this.held.inboxes.keys())
      this.contacts.toInbox(id, frame({ t: 'site', usualAnswerMs }));
  }

  /** Takes in what became of an inbox; pages that may no longer carry its widget lose it. */
  apply(row: InboxRow): void {
    const before = JSON.stringify(this.of(row.id));
    this.held.inboxes.set(row.id, row);
    const site = this.of(row.id);
    if (JSON.stringify(site) !== before)
      this.contacts.toInbox(row.id, frame({ t: 'site', ...site }));
    this.contacts.dismissFrom(row.id, (origin) => mayEmbed(row.domains, origin));
  }

  /** Does what may change which inboxes have somebody there, and tells their contacts where it did. */
  tellOpen(act: () => void): void {
    const inboxes = [...this.held.inboxes.values()];
    const before = inboxes.map((inbox) => this.isOnline(inbox));
    act();
    for (const [index, inbox] of inboxes.entries()) {
      const isOnline = this.isOnline(inbox);
      if (isOnline !== before[index])
        this.contacts.toInbox(inbox.id, frame({ t: 'site', isOnline }));
    }
  }

  /** somebody who serves it is online. */
  private isOnline(inbox: InboxRow): boolean {
    for (const agent of this.held.agents.values())
      if (isOnline(agent) && this.held.isServedBy(inbox, agent.id)) return true;
    return false;
  }
}
