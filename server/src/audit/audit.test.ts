import { type AuditEntry, type CommandKind, commands } from '@deskbell/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHead } from '../platform/log/log.ts';
import { issuePasswordReset } from '../sign-in/index.ts';
import { commandCases, settingFor } from '../testing/command-cases.ts';
import { createWorld, type Person, type World } from '../testing/world.ts';

const MINUTE = 60_000;

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

interface Page {
  entries: AuditEntry[];
  next: string | null;
}

async function audit(query = '', who: Person = world.olga): Promise<Page> {
  const response = await world.request(who, `/audit${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Page;
}
const latest = async (count: number) => (await audit(`?limit=${count}`)).entries;
const whats = (page: Page) => page.entries.map(({ what }) => what);
const post = (who: Person | null, path: string, body: object = {}) =>
  world.request(who, path, { method: 'POST', body });

describe('R-18.3 the audit log', () => {
  it('R-18.3 tells who changed what, before and after, and nothing that was as it is', async () => {
    const { adam, olga, inbox, cara } = world;
    await world.act(adam, 'workspace.change-settings', { capacity: 7, inactivityMs: MINUTE });
    await world.act(olga, 'agent.change-role', { agentId: cara.agentId, role: 'supervisor' });
    await world.act(olga, 'agent.change-role', { agentId: cara.agentId, role: 'agent' });
    await world.act(olga, 'inbox.change', { inboxId: inbox.id, look: { position: 'start' } });
    await world.act(olga, 'inbox.change', { inboxId: inbox.id, look: { position: 'start' } });
    const [look, role, , settings] = await latest(4);
    const by = { kind: 'agent', id: olga.agentId, name: 'Olga' };
    expect(look).toMatchObject({
      by,
      what: 'inbox.changed',
      subject: { id: inbox.id, name: 'Shop' },
      changes: [{ field: 'look.position', before: 'end', after: 'start' }],
    });
    expect(role).toMatchObject({
      what: 'agent.role-changed',
      subject: { name: 'Cara' },
      changes: [{ field: 'role', before: 'supervisor', after: 'agent' }],
    });
    expect(settings).toMatchObject({
      by: { name: 'Adam' },
      changes: [
        { field: 'inactivityMs', before: 15 * MINUTE, after: MINUTE },
        { field: 'capacity', after: 7 },
      ],
    });
  });

  it('R-18.3 tells of invitations and of forgotten passwords, and holds no secret', async () => {
    const { olga, ann, server } = world;
    const email = 'nell@example.org';
    const made = (await (
      await post(olga, '/invitations', { email, role: 'supervisor' })
    ).json()) as { id: string; token: string };
    await post(olga, `/invitations/${made.id}/link`);
    await world.request(olga, `/invitations/${made.id}`, { method: 'DELETE' });
    const spent = await world.request(olga, `/invitations/${made.id}`, { method: 'DELETE' });
    expect(spent.status).toBe(404);
    const reset = await issuePasswordReset(server.engine.pool as never, ann.email);
    const token = reset?.path.split('/').at(-1);
    const password = 'seven-quiet-otters-paddling';
    expect((await post(null, `/password-resets/${token}`, { password })).status).toBe(200);

    const entries = await latest(4);
    expect(entries.map(({ what }) => what)).toEqual([
      'agent.password-reset',
      'invitation.withdrawn',
      'invitation.renewed',
      'invitation.made',
    ]);
    expect(entries[0]).toMatchObject({ by: { name: 'Ann' }, subject: { name: 'Ann' } });
    expect(entries[3]).toMatchObject({
      by: { name: 'Olga' },
      subject: { name: email },
      changes: [{ field: 'role', after: 'supervisor' }],
    });
    const all = JSON.stringify(await server.engine.pool`select * from audit`);
    for (const secret of [made.token, token, password]) expect(all).not.toContain(secret);
  });

  it('R-18.3 tells who may have how much, and whom an admin signed out', async () => {
    const { olga, adam, cara } = world;
    const { agentId } = cara;
    await world.act(adam, 'agent.set-capacity', { agentId, capacity: 3 });
    await world.act(adam, 'agent.set-capacity', { agentId, capacity: 3 });
    await world.act(olga, 'agent.set-capacity', { agentId, capacity: null });
    const end = () =>
      world
        .request(olga, `/agents/${agentId}/sessions`, { method: 'DELETE' })
        .then((each) => each.json());
    expect(await end()).toEqual({ ended: 1 });
    expect(await end()).toEqual({ ended: 0 });
    const { entries } = await audit('?limit=3');
    expect(entries).toMatchObject([
      { what: 'agent.signed-out', by: { name: 'Olga' }, subject: { name: 'Cara' }, changes: [] },
      {
        what: 'agent.capacity-changed',
        by: { name: 'Olga' },
        changes: [{ field: 'capacity', before: 3, after: null }],
      },
      { by: { name: 'Adam' }, changes: [{ field: 'capacity', before: null, after: 3 }] },
    ]);
  });

  it('R-18.3 is narrowed to a person, a kind and a time, and read page by page', async () => {
    const { olga, adam, server, workspaceId } = world;
    await world.act(adam, 'workspace.change', { name: 'Before' });
    await server.engine
      .pool`update audit set at = at - ${10 * MINUTE} where workspace_id = ${workspaceId}`;
    const { entries } = await audit('?limit=1');
    const from = (entries[0]?.at ?? 0) + 1;
    await world.act(adam, 'workspace.change', { name: 'After' });
    const seen = await audit(`?from=${from}&topic=settings&by=${adam.agentId}`);
    expect(seen.entries.map(({ changes }) => changes[0]?.after)).toEqual(['After']);
    const topics = await audit(`?topic=people&limit=500`);
    expect(new Set(whats(topics).map((what) => what.split('.')[0]))).toEqual(
      new Set(['agent', 'invitation']),
    );
    const until = await audit(`?until=${from}&by=${olga.agentId}`);
    expect(until.entries).not.toHaveLength(0);
    expect(until.entries.every(({ at, by }) => at < from && by.kind === 'agent')).toBe(true);

    const whole = await audit('?limit=500');
    const ids: string[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const page: Page = await audit(`?limit=3${next && `&cursor=${next}`}`);
      ids.push(...page.entries.map(({ id }) => id));
      next = page.next;
    }
    expect(ids).toEqual(whole.entries.map(({ id }) => id));
    expect(ids.length).toBeGreaterThan(10);
  });

  it('R-18.3 is for admins, each of their own workspace, and refuses by name what it cannot read', async () => {
    for (const who of [world.ben, world.susan])
      expect((await world.request(who, '/audit')).status).toBe(403);
    const { entries } = await audit('?limit=500', world.elsewhere.otto);
    expect(JSON.stringify(entries)).not.toContain('Olga');
    for (const [query, field] of Object.entries({
      'from=yesterday': 'from',
      'topic=everything': 'topic',
      'cursor=x': 'cursor',
      'limit=501': 'limit',
      'by=olga': 'by',
    })) {
      const response = await world.request(world.olga, `/audit?${query}`);
      expect([response.status, await response.json()]).toMatchObject([400, { field }]);
    }
  });
});

/** What changes nothing about how the workspace is set up: conversations and contacts, what each does for themselves, what the system does by the clock. */
const untold: Partial<Record<CommandKind, 'daily work' | 'their own' | 'by the clock'>> = {
  'agent.change-profile': 'their own',
  'agent.change-picture': 'their own',
  'agent.set-availability': 'their own',
  'agent.sign-in': 'their own',
  'agent.sign-out': 'their own',
  'agent.tick': 'by the clock',
  'routing.run': 'by the clock',
  ...Object.fromEntries(
    (Object.keys(commands) as CommandKind[])
      .filter((kind) => /^(conversation|message|note|contact)\./.test(kind))
      .map((kind) => [kind, 'daily work']),
  ),
};

describe('R-18.3 each command', () => {
  let company: World;
  beforeAll(async () => {
    company = await createWorld();
    for (const person of [company.ann, company.ben, company.adam]) await company.connect(person);
  });
  afterAll(() => company.close());

  it.each(Object.keys(commands) as CommandKind[])(
    'R-18.3 %s stands in the audit log with who gave it, or is no change of how things are set up',
    async (kind) => {
      const { pool } = company.server.engine;
      const told: unknown[] = [];
      const run = commandCases[kind].run;
      const setting = await settingFor(company, commandCases[kind]);
      const act = company.act.bind(company);
      company.act = async (...given) => {
        const { position } = await readHead(pool, company.workspaceId);
        const before = await pool`select id from audit`;
        const done = await act(...given);
        if (given[1] !== kind || done.position === position) return done;
        const after = await pool<{ id: string; actor_id: string; what: string }[]>`
          select id, actor_id, what from audit order by at, id`;
        const fresh = after.filter(({ id }) => !before.some((each) => each.id === id));
        const { actor } = given[0];
        told.push(fresh.length > 0 && fresh.every((entry) => entry.actor_id === actor.id));
        return done;
      };
      await run(company, setting).finally(() => {
        company.act = act;
      });
      // What the clock does may have been done by the server itself by then.
      if (untold[kind] === 'by the clock' && told.length === 0) return;
      expect(new Set(told)).toEqual(new Set([untold[kind] === undefined]));
    },
  );
});
