import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Pool, Queries } from '../platform/store/connect.ts';
import { type Office, openOffice } from '../testing/office.ts';
import { Sightings } from './index.ts';
import { loadSightings } from './sightings.sql.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

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
  expect(sightings.admits(inbox(), 'https://a.example')).toBe(true);
  await vi.waitFor(async () =>
    expect(await seen()).toMatchObject([{ origin: 'https://a.example', isRefused: false }]),
  );
  expect(sightings.admits(inbox('b.example'), 'https://a.example')).toBe(false);
  await vi.waitFor(async () =>
    expect(await seen()).toMatchObject([{ origin: 'https://a.example', isRefused: true }]),
  );
  expect(sightings.admits(inbox('a.example'), 'https://a.example')).toBe(true);
  await vi.waitFor(async () =>
    expect(await seen()).toMatchObject([{ origin: 'https://a.example', isRefused: false }]),
  );
  expect(troubles).toEqual([]);
});

it('R-9.2 of many sites the twenty latest are kept', async () => {
  const sightings = open();
  for (let i = 0; i < 25; i++) {
    const origin = `https://${i}.example`;
    sightings.admits(inbox(), origin);
    await vi.waitFor(async () => expect((await seen())[0]?.origin).toBe(origin));
  }
  await vi.waitFor(async () => expect(await seen()).toHaveLength(20));
});
