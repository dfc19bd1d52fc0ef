import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { drops } from '../capabilities.ts';
import type { Pool, Queries } from '../platform/store/connect.ts';
import { type Office, openOffice } from '../testing/office.ts';
import { Sightings } from './index.ts';
import { loadSightings } from './sightings.sql.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  await office.pool`delete from inbox_sightings`;
});

let address = 0;
/** A page of this site, in a browser at an address of its own. */
const at = (origin: string) => ({ origin, address: `198.51.100.${++address}` });

const troubles: unknown[] = [];
const open = () =>
  new Sightings({
    pool: office.pool as unknown as Pool,
    onTrouble: (error) => troubles.push(error),
  });
const inbox = (...domains: string[]) => ({
  id: office.inboxId,
  workspaceId: office.workspaceId,
  domains,
});
const seen = () =>
  loadSightings(office.pool as unknown as Queries, office.workspaceId, office.inboxId);

it('R-9.2 a site is noted where its widget is shown, and where it is refused', async () => {
  const sightings = open();
  expect(sightings.admits(inbox(), at('https://a.example'))).toBe(true);
  await vi.waitFor(async () =>
    expect(await seen()).toMatchObject([{ origin: 'https://a.example', isRefused: false }]),
  );
  expect(sightings.admits(inbox('b.example'), at('https://a.example'))).toBe(false);
  await vi.waitFor(async () =>
    expect(await seen()).toMatchObject([{ origin: 'https://a.example', isRefused: true }]),
  );
  expect(sightings.admits(inbox('a.example'), at('https://a.example'))).toBe(true);
  await vi.waitFor(async () =>
    expect(await seen()).toMatchObject([{ origin: 'https://a.example', isRefused: false }]),
  );
  expect(troubles).toEqual([]);
});

it('R-9.2 of many sites the twenty latest are kept', async () => {
  const sightings = open();
  for (let i = 0; i < 25; i++) {
    const origin = `https://${i}.example`;
    sightings.admits(inbox(), at(origin));
    await vi.waitFor(async () => expect((await seen())[0]?.origin).toBe(origin));
  }
  await vi.waitFor(async () => expect(await seen()).toHaveLength(20));
});

it('R-9.2 sites that are made up from one address are no more than the list holds, and push out none where it stands', async () => {
  const sightings = open();
  const [shop, notes] = [inbox('*.shop.example'), vi.spyOn(office.pool, 'unsafe')];
  expect(sightings.admits(shop, at('https://www.shop.example'))).toBe(true);
  for (let i = 0; i < 500; i++)
    sightings.admits(shop, { origin: `https://${i}.example`, address: '203.0.113.9' });
  // Who really shows it somewhere else is noted meanwhile.
  expect(sightings.admits(shop, at('https://new.shop.example'))).toBe(true);
  await vi.waitFor(async () => expect(await seen()).toHaveLength(22));
  const shown = (await seen()).filter(({ isRefused }) => !isRefused);
  expect(shown.map(({ origin }) => origin).sort()).toEqual([
    'https://new.shop.example',
    'https://www.shop.example',
  ]);
  const written = () => notes.mock.calls.filter(([text]) => text.startsWith('delete from')).length;
  await vi.waitFor(() => expect(written()).toBe(22));
  // However many addresses they come from: what is refused pushes out what was refused.
  for (let i = 0; i < 40; i++) sightings.admits(shop, at(`https://far-${i}.example`));
  const far = async () => (await seen()).filter(({ origin }) => origin.includes('far')).length;
  // Those noted in the same moment may push out one another.
  await vi.waitFor(() => expect(written()).toBe(62));
  expect(await far()).toBeGreaterThan(10);
  notes.mockRestore();
  expect((await seen()).filter(({ isRefused }) => !isRefused)).toHaveLength(2);
  expect(troubles).toEqual([]);
});

it('R-9.2 what is no site is not noted', async () => {
  const sightings = open();
  const strange = [
    'null',
    'file://',
    'chrome-extension://abc',
    '<b>',
    `https://${'a'.repeat(300)}`,
  ];
  for (const origin of strange) sightings.admits(inbox(), at(origin));
  sightings.admits(inbox(), at('http://localhost:8080'));
  await vi.waitFor(async () => expect(await seen()).toHaveLength(1));
  expect(await seen()).toMatchObject([{ origin: 'http://localhost:8080' }]);
});

it('R-9.2 where it was not seen for thirty days it was not seen', async () => {
  const sightings = open();
  for (const origin of ['https://long.example', 'https://late.example'])
    sightings.admits(inbox(), at(origin));
  await vi.waitFor(async () => expect(await seen()).toHaveLength(2));
  const day = 24 * 3600 * 1000;
  await office.pool`update inbox_sightings set seen_at = seen_at - case when origin like '%long%' then 31 else 29 end * ${day}::bigint`;
  const sql = office.pool as unknown as Queries;
  for (const drop of drops) await drop(sql, 1_000);
  expect(await seen()).toMatchObject([{ origin: 'https://late.example' }]);
});
