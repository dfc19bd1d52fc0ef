import { expect, it } from 'vitest';
import { commands } from './commands.ts';
import { frameAncestors, isDomain, letsVisitorsIn, mayEmbed } from './domains.ts';

const list = ['shop.example', '*.branch.example', 'other.example:8443'];

it.each([
  'https://shop.example',
  'http://shop.example:3000',
  'https://a.branch.example',
  'https://b.a.branch.example',
  'https://other.example:8443',
  'http://localhost:5173',
  'http://127.0.0.1:8080',
])('R-9.2 %s may embed what the list names', (origin) => {
  expect(mayEmbed(list, origin)).toBe(true);
});

it.each([
  'https://evil.example',
  'https://branch.example',
  'https://notbranch.example',
  'https://shop.example.evil.example',
  'https://other.example',
  'https://localhost.evil.example',
  'https://hop.example',
  'https://bishop.example',
  'file://shop.example',
  'null',
  '',
])('R-9.2 %j may not', (origin) => {
  expect(mayEmbed(list, origin)).toBe(false);
  expect(mayEmbed([], origin)).toBe(true);
});

it('R-9.2 the frame names the same, with any port where none is named', () => {
  expect(frameAncestors([])).toBe('*');
  expect(frameAncestors(['*.a.example', 'b.example:8443'])).toBe(
    "'self' https://*.a.example:* http://*.a.example:* https://b.example:8443 " +
      'http://b.example:8443 https://localhost:* http://localhost:* https://127.0.0.1:* http://127.0.0.1:*',
  );
});

it.each([
  'shop',
  '*',
  '*.com',
  '*.',
  'a b.example',
  'a.example/x',
  'A.example',
  'a.example:0',
  'a.example:65536',
])('R-9.2 %j is no domain', (text) => expect(isDomain(text)).toBe(false));

it('R-9.2 a port that is not named is that of the scheme, and no page is nowhere', () => {
  expect(isDomain('a.example:65535')).toBe(true);
  expect(mayEmbed(['a.example:443'], 'https://a.example')).toBe(true);
  expect(mayEmbed(['a.example:443'], 'http://a.example')).toBe(false);
  expect(mayEmbed(['a.example:80'], 'http://a.example')).toBe(true);
  expect(mayEmbed(['a.example:80'], 'https://a.example')).toBe(false);
  expect(mayEmbed([':80'], 'null')).toBe(false);
});

const change = (domains: string[]) =>
  commands['inbox.change'].input.safeParse({
    inboxId: '00000000-0000-4000-8000-000000000000',
    domains,
  });

it('R-9.2 a list that lets in nobody but this machine is refused, and one that holds no domain', () => {
  expect(letsVisitorsIn([])).toBe(true);
  expect(letsVisitorsIn(['localhost:3000', '127.0.0.1'])).toBe(false);
  expect(change(['localhost']).error?.issues[0]?.message).toContain('lock every visitor out');
  expect(change(['shop.example', 'no domain']).error?.issues[0]?.path).toEqual(['domains', 1]);
  expect(change(['localhost', 'shop.example']).success).toBe(true);
  expect(change(Array.from({ length: 51 }, (_, i) => `a${i}.example`)).success).toBe(false);
});
