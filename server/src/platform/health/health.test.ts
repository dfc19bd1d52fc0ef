import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openUnsteadyLine, type UnsteadyLine } from '../../testing/unsteady-line.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { version } from '../version.ts';

const METRICS_TOKEN = 'a-token-for-the-watchers';
let world: World;
let line: UnsteadyLine;
beforeAll(async () => {
  world = await createWorld({ METRICS_TOKEN }, async (databaseUrl) => {
    line = await openUnsteadyLine(databaseUrl);
    return line.url;
  });
});
afterAll(async () => {
  await world.close();
  await line.close();
});

async function ask(address: string) {
  const response = await fetch(`${world.url}${address}`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** Asks until it is so: what was found is told for a second. */
async function eventually(address: string, expected: object): Promise<void> {
  await expect.poll(() => ask(address), { timeout: 20_000 }).toMatchObject(expected);
}

const parkEvent = () => world.server.engine.pool`
  insert into parked_events (reader, workspace_id, position, error, at)
  values ('first-answers', ${world.workspaceId}, 1, 'planted', 0)`;
const unpark = () => world.server.engine.pool`delete from parked_events`;

describe('/healthz and /readyz', () => {
  it('all right: says so, with the release and how each reader stands', async () => {
    await eventually('/healthz', {
      status: 200,
      body: { status: 'ok', version, problems: [], database: 'up' },
    });
    const { body } = await ask('/healthz');
    expect(body.readers).toContainEqual(
      expect.objectContaining({ name: 'first-answers', parked: 0, lagMs: expect.any(Number) }),
    );
    expect(await ask('/readyz')).toEqual({ status: 200, body: { ready: true } });
  });

  it('an event that was put aside: it serves, and says that somebody should look', async () => {
    await parkEvent();
    await eventually('/healthz', {
      status: 200,
      body: {
        status: 'degraded',
        problems: ['The reader first-answers has put 1 events aside; the log says why.'],
      },
    });
    expect((await ask('/readyz')).status).toBe(200);
    await unpark();
    await eventually('/healthz', { body: { status: 'ok' } });
  });

  it('a schema that is not ours: not ready', async () => {
    const { pool } = world.server.engine;
    const [latest] = await pool`
      delete from schema_versions where version = (select max(version) from schema_versions) returning *`;
    expect(await ask('/readyz')).toEqual({
      status: 503,
      body: { ready: false, why: "the database has not this release's schema" },
    });
    await pool`insert into schema_versions ${pool(latest as object)}`;
    expect((await ask('/readyz')).status).toBe(200);
  });

  it('a database out of reach: down and not ready, and up again when it is back', async () => {
    line.cut();
    await eventually('/healthz', {
      status: 503,
      body: { status: 'down', database: 'down', problems: ['The database does not answer.'] },
    });
    expect((await ask('/readyz')).status).toBe(503);
    line.mend();
    await eventually('/healthz', { status: 200, body: { status: 'ok' } });
    await eventually('/readyz', { status: 200 });
  });
});

describe('/metrics', () => {
  const read = (authorization?: string) =>
    fetch(`${world.url}/metrics`, { headers: authorization ? { authorization } : {} });

  it('is read by whoever has the token, and nobody else', async () => {
    expect((await read()).status).toBe(401);
    expect((await read('Bearer guessed-by-somebody')).status).toBe(401);
    expect((await read(`Bearer ${METRICS_TOKEN}`)).status).toBe(200);
  });

  it('is not there at all where no token is set', async () => {
    const plain = await createWorld();
    const response = await fetch(`${plain.url}/metrics`);
    expect(await response.text()).not.toContain('deskbell_');
    await plain.close();
  });

  it('counts commands by kind and outcome, requests by route, and shows how readers stand', async () => {
    await world.request(world.vera, '/widget/messages', {
      method: 'POST',
      body: { text: 'Hello' },
      headers: { 'idempotency-key': '0190b5a0-0000-7000-8000-000000000001' },
    });
    await world.request(world.vera, '/widget/messages', { method: 'POST', body: { text: ' ' } });
    await fetch(`${world.url}/api/v1/no-such-thing/${world.workspaceId}`);
    const socket = await world.connect(world.ann);
    const text = await (await read(`Bearer ${METRICS_TOKEN}`)).text();
    socket.close();
    expect(text).toContain('deskbell_commands_total{kind="message.receive",outcome="done"} 1');
    expect(text).toMatch(
      /deskbell_http_request_duration_seconds_count\{method="POST",route="\/api\/v1\/widget\/messages",status="200"\} 1/,
    );
    expect(text).not.toContain(world.workspaceId);
    expect(text).toContain('deskbell_sockets 1');
    expect(text).toContain('deskbell_database_up 1');
    expect(text).toContain('deskbell_reader_lag_seconds{reader="first-answers"}');
    expect(text).toContain(`deskbell_info{version="${version}"} 1`);
    expect(text).toContain('process_resident_memory_bytes');
  });
});
