import { randomUUID } from 'node:crypto';
import { commands } from '@deskbell/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { z } from 'zod';
import { textsIn } from '../testing/texts.ts';
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

it('what no database holds is refused of a visitor by name, before anybody else waits for it', async () => {
  const opening = { page: 'https://shop.example/', language: 'de\0' };
  const response = await world.request(world.vera, '/widget/messages', {
    method: 'POST',
    body: { text: 'Hello', opening },
  });
  expect(await response.json()).toMatchObject({ code: 'invalid', field: 'opening.language' });
  expect(world.troubles).toEqual([]);
});

const unstorable = ['\0', '\ud800', `a\0${'a'.repeat(40)}`, 'a\udc00'];
const takesThem = ([, text]: [string, z.ZodType]) =>
  unstorable.some((each) => text.safeParse(each).success);
const openIn = (schema: z.ZodType, place: string) =>
  [...textsIn(schema, place)].filter(takesThem).map(([where]) => where);

it('no command takes a text that no database holds', () => {
  const open = Object.entries(commands).flatMap(([kind, { input }]) => openIn(input, kind));
  expect(open).toEqual([]);
});

it('no other request does, but for what is never stored as it is', () => {
  const open = world.server.routes
    .filter(({ command }) => command === null)
    .flatMap(({ method, path, body, query }) =>
      [body, query].flatMap((schema) => (schema ? openIn(schema, `${method} ${path}`) : [])),
    );
  expect(open.filter((where) => !/password|present$/i.test(where))).toEqual([]);
});
