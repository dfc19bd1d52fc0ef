import { expect, it } from 'vitest';
import { domainIn } from './domain-in.ts';

it.each([
  ['shop.example', 'shop.example'],
  ['  https://Shop.Example/cart?x=1#y ', 'shop.example'],
  ['*.shop.example', '*.shop.example'],
  ['https://shop.example:8443/', 'shop.example:8443'],
  ['shop.example:443', 'shop.example:443'],
  ['müller.example', 'xn--mller-kva.example'],
  ['*.müller.example.', '*.xn--mller-kva.example'],
  ['192.168.1.20', '192.168.1.20'],
  ['localhost:3000', 'localhost:3000'],
])('R-9.2 %s is the domain %s', (typed, domain) => {
  expect(domainIn(typed)).toBe(domain);
});

it.each([
  '',
  'shop',
  '*',
  '*.',
  '*.com',
  'a.*.example',
  'shop example',
  'me@shop.example',
  'shop.example:0',
  'shop.example:99999',
  '-shop.example',
  "shop.example; script-src 'unsafe-inline'",
  `${'a'.repeat(64)}.example`,
])('R-9.2 %j is none', (typed) => {
  expect(domainIn(typed)).toBeNull();
});
