import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { canEnterNamespaces, checkoutInto, giveTo, isRoot, temporaryFolder } from './checkout.ts';
import { endAllIn, npmStart, postmasterOf, processesIn, type RunningDeskbell } from './deskbell.ts';

const { folder: place, remove } = temporaryFolder();
afterAll(() => {
  endAllIn(place);
  remove();
});

const bob = { uid: 65_534, gid: 65_534, home: '' };
/** The owner of a process, as the system sees it. */
const ownerOf = (pid: number) => statSync(`/proc/${pid}`).uid;

async function servesAPage(deskbell: RunningDeskbell): Promise<void> {
  const url = await deskbell.url();
  const page = await fetch(url);
  const health = await fetch(`${url}/healthz`);
  expect(await page.text()).toContain('Deskbell');
  expect(health.status).toBe(200);
}

async function endsWithoutATrace(deskbell: RunningDeskbell, folder: string): Promise<void> {
  deskbell.interrupt();
  expect((await deskbell.ended).code).toBe(0);
  expect(processesIn(folder)).toEqual([]);
}

test.runIf(isRoot && canEnterNamespaces)(
  'root: serves a page, and PostgreSQL belongs to no other user',
  async () => {
    const checkout = checkoutInto(path.join(place, 'root'));
    const deskbell = npmStart(checkout);
    await servesAPage(deskbell);
    expect(ownerOf(postmasterOf(path.join(checkout, 'data')))).toBe(0);
    expect(statSync(path.join(checkout, 'data/postgres/deskbell-access.json')).mode & 0o777).toBe(
      0o600,
    );
    await endsWithoutATrace(deskbell, checkout);
  },
);

test.runIf(isRoot)('an ordinary user, under a home that only he may enter', async () => {
  const home = path.join(place, 'bob');
  const checkout = checkoutInto(path.join(home, 'deskbell'), { isBuilt: false });
  giveTo(bob, home);
  chmodSync(home, 0o700);
  const deskbell = npmStart(checkout, { user: { ...bob, home } });
  await servesAPage(deskbell);
  expect(ownerOf(postmasterOf(path.join(checkout, 'data')))).toBe(bob.uid);
  await endsWithoutATrace(deskbell, checkout);
});

test.runIf(isRoot)(
  "root in somebody's closed home: PostgreSQL runs as the one who can enter it",
  async () => {
    const home = path.join(place, 'alice');
    const checkout = checkoutInto(path.join(home, 'deskbell'));
    chownSync(home, 65_534, 65_534);
    chmodSync(home, 0o700);
    const deskbell = npmStart(checkout);
    await servesAPage(deskbell);
    expect(ownerOf(postmasterOf(path.join(checkout, 'data')))).toBe(65_534);
    await endsWithoutATrace(deskbell, checkout);

    const again = npmStart(checkout);
    await servesAPage(again);
    await endsWithoutATrace(again, checkout);
  },
);

test.runIf(isRoot && canEnterNamespaces)(
  'a user who has no name, as in some containers',
  async () => {
    const checkout = checkoutInto(path.join(place, 'nameless'));
    const nameless = { uid: 12_345, gid: 12_345, home: '/tmp' };
    giveTo(nameless, checkout);
    const deskbell = npmStart(checkout, { user: nameless });
    await servesAPage(deskbell);
    await endsWithoutATrace(deskbell, checkout);
  },
);

test('a path of 200 characters with a blank and an umlaut', async () => {
  const name = `mit Lücke ${'lang '.repeat(50)}`;
  const checkout = checkoutInto(
    path.join(
      place,
      name
        .slice(0, 199 - place.length)
        .trimEnd()
        .padEnd(199 - place.length, 'g'),
    ),
    { isBuilt: false },
  );
  expect(checkout.length).toBe(200);
  const deskbell = npmStart(checkout);
  await servesAPage(deskbell);
  await endsWithoutATrace(deskbell, checkout);
});

/** A machine on which root may not make user namespaces, as in most containers. */
function withoutNamespaces(): Record<string, string> {
  const folder = path.join(place, 'programs');
  mkdirSync(folder, { recursive: true });
  const complaint =
    '#!/bin/sh\necho "unshare: unshare failed: Operation not permitted" >&2\nexit 1\n';
  writeFileSync(path.join(folder, 'unshare'), complaint, { mode: 0o755 });
  return { PATH: `${folder}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin` };
}

test.runIf(isRoot)('root without user namespaces: PostgreSQL runs as a system user', async () => {
  const checkout = checkoutInto(path.join(place, 'container'));
  const deskbell = npmStart(checkout, { environment: withoutNamespaces() });
  await servesAPage(deskbell);
  expect(ownerOf(postmasterOf(path.join(checkout, 'data')))).not.toBe(0);
  await endsWithoutATrace(deskbell, checkout);
});

test.runIf(isRoot)(
  'root in its own closed home without user namespaces: the database goes where a system user can read',
  async () => {
    const home = path.join(place, 'closed');
    const checkout = checkoutInto(path.join(home, 'deskbell'));
    chmodSync(home, 0o700);
    for (const environment of [withoutNamespaces(), withoutNamespaces()]) {
      const deskbell = npmStart(checkout, { environment });
      await servesAPage(deskbell);
      await endsWithoutATrace(deskbell, checkout);
    }
    const refuge = path.dirname(
      execFileSync('cat', [path.join(checkout, 'data/postgres-is-at')], {
        encoding: 'utf8',
      }).trim(),
    );
    expect(processesIn(refuge)).toEqual([]);
    expect(refuge).toMatch(/^\/var\/lib\/deskbell\/[0-9a-f]{16}$/);
    execFileSync('rm', ['-r', refuge]);
    execFileSync('rmdir', ['--ignore-fail-on-non-empty', path.dirname(refuge)]);
  },
);
