import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readConfig } from '../platform/config.ts';
import { type Server, startServer } from '../server.ts';
import { issuePasswordReset } from '../sign-in/index.ts';
import { TestSocket } from '../testing/socket.ts';
import { createWorld, type Person, type World } from '../testing/world.ts';

let world: World;
let other: Server;
/** Of an admin at each server; of those who may not read it. */
let admins: TestSocket[];
let others: TestSocket[];
beforeAll(async () => {
  world = await createWorld();
  other = await startServer({
    config: readConfig({ PORT: '0' }, '/nowhere'),
    databaseUrl: world.database.url,
    log: pino({ level: 'silent' }),
  });
  await vi.waitUntil(
    () => [world.server, other].every(({ engine }) => engine.bus.state.others === 1),
    { timeout: 30_000 },
  );
  admins = [await world.connect(world.olga), await connectAt(other, world.adam)];
  others = [
    await world.connect(world.susan),
    await connectAt(other, world.ann),
    await world.connect(world.vera),
    await connectAt(other, world.elsewhere.otto),
  ];
});
afterAll(async () => {
  for (const socket of [...admins, ...others]) socket.close();
  await other.close();
  await world.close();
});

async function connectAt(server: Server, who: Person): Promise<TestSocket> {
  const socket = await TestSocket.open(server.url.replace('localhost', '127.0.0.1'));
  socket.send({ t: 'hello', protocol: 1, token: who.token });
  await socket.next('snapshot');
  return socket;
}

const told = () => Promise.all(admins.map((admin) => admin.next('audited')));

async function invite(): Promise<string> {
  const body = { email: 'nina@example.org', role: 'agent' };
  const made = await world.request(world.adam, '/invitations', { method: 'POST', body });
  expect(made.status).toBe(200);
  const pending = await world.request(world.adam, '/invitations');
  const { invitations } = (await pending.json()) as { invitations: { id: string }[] };
  return invitations[0]?.id ?? '';
}

it('R-18.3 what was changed by a command is told to every admin, at another server too', async () => {
  await world.act(world.adam, 'label.create', { name: 'Urgent', color: '#cc0000' });
  await told();
  await world.act(world.olga, 'workspace.change-settings', { capacity: 7 });
  await told();
});

it('R-18.3 so is what no event tells of: an invitation, another password', async () => {
  const id = await invite();
  await told();
  const gone = await world.request(world.olga, `/invitations/${id}`, { method: 'DELETE' });
  expect(gone.ok).toBe(true);
  await told();
  const sql = world.server.engine.pool as never;
  const { path = '' } = (await issuePasswordReset(sql, world.tom.email)) ?? {};
  const token = path.split('/').at(-1);
  const body = { password: 'a-brand-new-tulip-gravel' };
  const reset = await world.request(null, `/password-resets/${token}`, { method: 'POST', body });
  expect(reset.ok).toBe(true);
  await told();
});

it('R-18.3 nobody else hears of it', async () => {
  await world.act(world.olga, 'agent.rename', { name: 'Olga O.' });
  await told();
  for (const socket of others) {
    await socket.settle();
    expect(socket.frames.filter(({ t }) => t === 'audited')).toEqual([]);
  }
});
