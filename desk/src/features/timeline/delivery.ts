import type { Receipt } from '@deskbell/contract';
import type { TimelineItem } from '@deskbell/sdk';

/** How far a message of our side has come. */
export type Delivery = 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'expired';

/** The state of a message of our side: the outbox knows it until it is stored, then the contact's receipts do. */
export function deliveryOf(item: TimelineItem, receipt: Receipt | undefined): Delivery {
  if (item.state !== 'stored') return item.state;
  const { seq } = item.entry;
  if (receipt && seq <= receipt.contactRead) return 'read';
  if (receipt && seq <= receipt.contactDelivered) return 'delivered';
  return 'sent';
}
