import { expect, it } from 'vitest';
import { Allowance, subscriberOf } from './allowance.ts';

it('gives so many at once, then one by one, to each its own', () => {
  const allowance = new Allowance({ burst: 4, perMs: 4_096 });
  const spent = [0, 0, 0, 0, 0].map((now) => allowance.spend('ann', now));
  expect(spent).toEqual([0, 0, 0, 0, 1_024]);
  expect(allowance.spend('ben', 0)).toBe(0);
  expect(allowance.spend('ann', 1_023)).toBe(1);
  expect(allowance.spend('ann', 1_024)).toBe(0);
});

it('what is given back can be spent again, and no more than there was', () => {
  const allowance = new Allowance({ burst: 1, perMs: 1_000 });
  allowance.spend('ann', 0);
  allowance.refund('ann', 0);
  allowance.refund('ann', 0);
  expect([allowance.spend('ann', 0), allowance.spend('ann', 0) > 0]).toEqual([0, true]);
});

it('a household of IPv6 is one subscriber', () => {
  expect(subscriberOf('2001:db8:0:1::5')).toBe(subscriberOf('2001:db8:0:1:ffff:ffff:ffff:1'));
  expect(subscriberOf('2001:db8:0:2::5')).not.toBe(subscriberOf('2001:db8:0:1::5'));
  expect(subscriberOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(subscriberOf('192.0.2.7')).toBe('192.0.2.7');
});
