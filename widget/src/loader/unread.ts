import type { ContactEntities, ServerFrame } from '@deskbell/contract';

/** What the badge needs of the frames: the newest conversation's messages of our side, and how far they were read. */
export class Unread {
  conversationId = '';
  /** The newest message of our side. */
  newest = 0;
  private delivered = 0;
  private read = 0;
  private seqs = new Set<number>();

  get count(): number {
    return [...this.seqs].filter((seq) => seq > this.read).length;
  }

  /** True while the server doesn't know that the newest message came here. */
  get isUndelivered(): boolean {
    return this.newest > this.delivered;
  }

  hear(frames: readonly ServerFrame[]): void {
    for (const frame of frames) if ('entities' in frame) this.take(frame.entities);
  }

  private take({ entries = [], receipts = [] }: ContactEntities): void {
    for (const { conversationId, kind, author, seq } of entries) {
      if (conversationId !== this.conversationId) {
        this.conversationId = conversationId;
        this.newest = this.delivered = this.read = 0;
        this.seqs.clear();
      }
      if (kind !== 'message' || author.kind === 'contact') continue;
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
