import type { Entry, Receipt } from '@deskbell/contract';
import { storedItem, type TimelineItem } from '@deskbell/sdk/overlay';
import { describe, expect, it } from 'vitest';
import { deliveryOf } from './delivery.ts';

const stored = (seq: number) =>
  storedItem({ kind: 'message', id: `e${seq}`, seq } as unknown as Entry);
const receipt = { contactDelivered: 5, contactRead: 3 } as Receipt;

describe('R-5.2 the state of a message', () => {
  it('is what the outbox says until it is stored', () => {
    for (const state of ['sending', 'sent', 'failed', 'expired'] as const)
      expect(deliveryOf({ state } as TimelineItem, receipt)).toBe(state);
  });

  it("is sent, delivered, read by the contact's watermarks", () => {
    expect([3, 4, 5, 6].map((seq) => deliveryOf(stored(seq), receipt))).toEqual([
      'read',
      'delivered',
      'delivered',
      'sent',
    ]);
    expect(deliveryOf(stored(1), undefined)).toBe('sent');
  });
});
