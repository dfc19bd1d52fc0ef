import type { ContactEntities, ServerFrame } from '@deskbell/contract';

/** A message as the page is told of it. */
export interface Written {
  from: 'visitor' | 'us';
  text: string;
}

/** What the badge needs of the frames: the newest conversation's messages of our side, and how far they were read. */
export class Unread {
  conversationId = '';
  /** The newest message of our side. */
  newest = 0;
  private delivered = 0;
  private read = 0;
  private seqs = new Set<number>();
  private onNew: (message: Written) => void;

  constructor(onNew: (message: Written) => void) {
    this.onNew = onNew;
  }

  get count(): number {
    return [...this.seqs].filter((seq) => seq > this.read).length;
  }

  /** True while the server doesn't know that the newest message came here. */
  get isUndelivered(): boolean {
    return this.newest > this.delivered;
  }

  hear(frames: readonly ServerFrame[]): void {
    for (const frame of frames)
      if ('entities' in frame)
        // What comes is decided by who said hello: this one is a contact.
        this.take(frame.entities as ContactEntities, frame.t === 'changes');
  }

  private take({ entries = [], receipts = [] }: ContactEntities, isNew: boolean): void {
    for (const entry of entries) {
      const { conversationId, seq } = entry;
      if (conversationId !== this.conversationId) {
        this.conversationId = conversationId;
        this.newest = this.delivered = this.read = 0;
        this.seqs.clear();
      }
      if (entry.kind !== 'message') continue;
      const from = entry.author.kind === 'contact' ? 'visitor' : 'us';
      if (isNew) this.onNew({ from, text: entry.text });
      if (from === 'visitor') continue;
      this.seqs.add(seq);
      this.newest = Math.max(this.newest, seq);
    }
    for (const { id, contactDelivered, contactRead } of receipts) {
      if (id !== this.conversationId) continue;
      this.delivered = Math.max(this.delivered, contactDelivered);
      this.read = Math.max(this.read, contactRead);
    }
  }
}
