import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorld, type RequestOptions, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const keys = { p256dh: 'A'.repeat(87), auth: 'A'.repeat(22) };
const pushTo = (endpoint: string, language: string): [string, RequestOptions] => [
  `/me/push-devices/${randomUUID()}`,
  { method: 'PUT', body: { subscription: { endpoint, keys }, language } },
];
const all = (search: string) => ({
  method: 'POST',
  body: { action: { do: 'flag' }, conversations: { list: 'open', search } },
});
const bound = (shortcut: string) => ({ method: 'PATCH', body: { shortcuts: { reply: shortcut } } });

const asked: Record<string, [string, RequestOptions]> = {
  'a search': ['/conversations?list=open&search=a%00b', {}],
  'a search for many': ['/bulk-jobs', all('a\0b')],
  'a shortcut': ['/me/preferences', bound('\0')],
  'half a letter as a shortcut': ['/me/preferences', bound('\ud800')],
  'a place in the bell': [`/me/notices?before=1:${'-'.repeat(36)}`, {}],
  'the language of a push': pushTo('https://push.example.org/x', 'a\0'),
  'the address of a push': pushTo('https://push.example.org/x\0', 'en'),
};

it.each(Object.keys(asked))('what no database holds is refused by name: %s', async (what) => {
  const [address, options] = asked[what] ?? ['', {}];
  const response = await world.request(world.ann, address, options);
  expect([response.status, (await response.json()) as object]).toEqual([
    400,
    expect.objectContaining({ code: 'invalid', field: expect.any(String) }),
  ]);
  expect(world.troubles).toEqual([]);
});
