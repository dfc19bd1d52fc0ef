import { randomUUID } from 'node:crypto';
import type { DeviceId, Notice, ServerFrame } from '@deskbell/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../platform/config.ts';
import { readEvents } from '../platform/log/log.ts';
import { type Server, startServer } from '../server.ts';
import { turnJobs } from '../testing/clock.ts';
import { PushService } from '../testing/push-endpoint.ts';
import { TestSocket } from '../testing/socket.ts';
import { createWorld, type Person, type World } from '../testing/world.ts';

let world: World;
let other: Server;
/** So long the other server learns nothing of the log. */
let untilThen: Promise<void> = Promise.resolve();
let service: PushService;
beforeAll(async () => {
  service = await PushService.open();
  world = await createWorld({ PRIVATE_TARGETS: service.host });
  other = await startServer({
    config: readConfig({ PORT: '0', PRIVATE_TARGETS: service.host }, '/nowhere'),
    databaseUrl: world.database.url,
    log: pino({ level: 'silent' }),
    sabotage: {
      readGap: async (...given) => {
        await untilThen;
        return readEvents(...given);
      },
    },
  });
});
afterAll(async () => {
  await other.close();
  await world.close();
  await service.close();
});

const open: TestSocket[] = [];
beforeEach(async () => {
  await Promise.all(open.splice(0).map((socket) => gone(socket)));
  const { olga, adam, susan, ann, ben, cara, tess, tom } = world;
  for (const person of [olga, adam, susan, ann, ben, cara, tess, tom])
    await goes(person, 'offline');
  await world.server.engine.pool`delete from push_devices`;
  service.answers.clear();
  service.pushed.length = 0;
  service.asked = 0;
});

const goes = (who: Person, availability: 'online' | 'offline') =>
  world.act(who, 'agent.set-availability', {
    availability,
    ...(availability === 'offline' && { conversations: 'keep' }),
  });

/** The server has noticed that the desk is closed. */
async function gone(socket: TestSocket): Promise<void> {
  const { pool } = world.server.engine;
  const count = async () => (await pool`select from desk_connections`).length;
  const before = await count();
  socket.close();
  while (before > 0 && (await count()) === before) await new Promise(setImmediate);
}

interface Where {
  deviceId?: DeviceId;
  isFocused?: boolean;
  conversationId?: string | null;
  at?: Server;
}

const aDevice = () => randomUUID() as DeviceId;

/** A desk of somebody on a device, that has said where they look. */
async function desk(who: Person, where: Where = {}): Promise<TestSocket> {
  const { deviceId = aDevice(), isFocused = true, conversationId = null, at } = where;
  await goes(who, 'online');
  const socket = at ? await connectAt(at, who) : await world.connect(who);
  open.push(socket);
  await look(socket, { deviceId, isFocused, conversationId });
  return socket;
}

async function connectAt(server: Server, who: Person): Promise<TestSocket> {
  const socket = await TestSocket.open(server.url.replace('localhost', '127.0.0.1'));
  socket.send({ t: 'hello', protocol: 1, token: who.token });
  await socket.next('snapshot');
  return socket;
}

async function look(
  socket: TestSocket,
  { deviceId, isFocused = true, conversationId = null }: Where & { deviceId: DeviceId },
): Promise<void> {
  const { pool } = world.server.engine;
  const noted = () =>
    pool`select from desk_attention where device_id = ${deviceId} and is_focused = ${isFocused}
         and conversation_id is not distinct from ${conversationId}`;
  socket.send({
    t: 'attention',
    ...{ deviceId, isFocused, conversationId: conversationId as never },
  });
  while ((await noted()).length === 0) await new Promise(setImmediate);
}

type Announced = Extract<ServerFrame, { t: 'announced' }>;
const announced = (socket: TestSocket) =>
  socket.frames
    .filter((frame): frame is Announced => frame.t === 'announced')
    .flatMap(({ announcements }) => announcements);
const announcing = (socket: TestSocket, conversationId: string) =>
  socket.next('announced', ({ announcements }) =>
    announcements.some((each) => each.conversationId === conversationId),
  );
const kindsOf = (socket: TestSocket, conversationId: string) =>
  announced(socket)
    .filter((each) => each.conversationId === conversationId)
    .map(({ kind }) => kind);

/** Who is told of it has been decided. */
async function isTold(conversationId: string): Promise<void> {
  const { pool } = world.server.engine;
  const told = () => pool`select from notices where conversation_id = ${conversationId}`;
  while ((await told()).length === 0) await new Promise(setImmediate);
}

/** A conversation that Ann has and Ben takes part in. */
async function taken(): Promise<{
  conversationId: string;
  visitor: ReturnType<World['newVisitor']>;
}> {
  const visitor = world.newVisitor();
  const conversationId = await world.write(visitor, 'Hello');
  await world.act(world.ann, 'conversation.accept', { conversationId });
  await world.act(world.ben, 'conversation.join', { conversationId });
  return { conversationId, visitor };
}

async function tellShown(who: Person, ids: readonly unknown[]) {
  const response = await world.request(who, '/me/notices/shown', { method: 'POST', body: { ids } });
  expect(response.status).toBe(204);
}

describe('R-7.1 exactly one', () => {
  it('R-7.1 R-7.2 a new conversation rings once per person, on the device used last, on whichever server', async () => {
    const [laptop, phone] = [aDevice(), aDevice()];
    const onLaptop = await desk(world.ann, { deviceId: laptop });
    const onPhone = await desk(world.ann, { deviceId: phone, at: other });
    const second = await desk(world.ann, { deviceId: phone, isFocused: false });
    const bens = await desk(world.ben, { at: other });
    const caras = await desk(world.cara);

    const visitor = world.newVisitor();
    const id = await world.write(visitor, 'Is anybody there?');
    // Both tabs of the phone may, and settle it between them; the laptop is silent.
    await Promise.all([announcing(onPhone, id), announcing(second, id), announcing(bens, id)]);
    expect(kindsOf(onPhone, id)).toEqual(['new-conversation']);
    expect(announced(onPhone).at(-1)).toMatchObject({ text: 'Is anybody there?' });
    expect(announced(onPhone).at(-1)?.id).toBe(announced(second).at(-1)?.id);

    // While nobody has it, what follows is no second ring.
    await world.write(visitor, 'Hello?');
    await look(onLaptop, { deviceId: laptop });
    const next = await world.write(world.newVisitor(), 'Another');
    await announcing(onLaptop, next);
    expect(kindsOf(onPhone, id)).toEqual(['new-conversation']);
    expect(kindsOf(onLaptop, id)).toEqual([]);
    expect(kindsOf(onPhone, next)).toEqual([]);
    expect(announced(caras)).toEqual([]);
  });

  it('R-7.1 once taken only those in it hear of its messages, and not who looks at it', async () => {
    const deviceId = aDevice();
    const [anns, bens] = [await desk(world.ann), await desk(world.ben, { deviceId })];
    const { conversationId, visitor } = await taken();
    await world.write(visitor, 'One more thing');
    await Promise.all([announcing(anns, conversationId), announcing(bens, conversationId)]);
    expect(kindsOf(anns, conversationId).at(-1)).toBe('message');

    await look(bens, { deviceId, conversationId });
    const before = kindsOf(bens, conversationId).length;
    await world.write(visitor, 'And another');
    await anns.next('announced', ({ announcements }) =>
      announcements.some(({ text }) => text === 'And another'),
    );
    const later = await world.write(world.newVisitor(), 'Later');
    await announcing(bens, later);
    expect(kindsOf(bens, conversationId)).toHaveLength(before);
  });

  it('R-7.1 whoever unsubscribed from an inbox is not rung for it', async () => {
    const [anns, bens] = [await desk(world.ann), await desk(world.ben)];
    const change = (mutedInboxIds: string[]) =>
      world.request(world.ben, '/me/alerts', { method: 'PATCH', body: { mutedInboxIds } });
    expect((await change([world.inbox.id])).status).toBe(200);
    const muted = await world.write(world.newVisitor(), 'Quietly');
    await announcing(anns, muted);
    await change([]);
    await announcing(bens, await world.write(world.newVisitor(), 'Aloud'));
    expect(kindsOf(bens, muted)).toEqual([]);
  });

  it('R-7.2 a desk that comes back within the minute is told what it missed, once', async () => {
    const deviceId = aDevice();
    const first = await desk(world.ann, { deviceId });
    const id = await world.write(world.newVisitor(), 'Missed');
    const frame = await announcing(first, id);
    await gone(first);
    open.splice(open.indexOf(first), 1);
    const again = await desk(world.ann, { deviceId });
    await announcing(again, id);
    const [notice] = frame.announcements;
    await tellShown(world.ann, [notice?.id]);
    await gone(again);
    open.splice(open.indexOf(again), 1);
    const third = await desk(world.ann, { deviceId });
    await announcing(third, await world.write(world.newVisitor(), 'New'));
    expect(kindsOf(third, id)).toEqual([]);
  });

  /** Ann's desk, where she has been told something, goes for a moment. */
  async function reloading(deviceId: DeviceId): Promise<void> {
    const before = await desk(world.ann, { deviceId });
    await announcing(before, await world.write(world.newVisitor(), 'Before'));
    await tellShown(world.ann, [announced(before).at(-1)?.id]);
    await gone(before);
    open.splice(open.indexOf(before), 1);
  }

  it('R-7.2 what comes while a desk loads anew is told when it is back, and on no other', async () => {
    const deviceId = aDevice();
    await reloading(deviceId);
    const id = await world.write(world.newVisitor(), 'In between');
    await isTold(id);
    const stranger = await desk(world.ann, { at: other });
    const back = await desk(world.ann, { deviceId });
    await announcing(back, id);
    await stranger.settle();
    expect(kindsOf(stranger, id)).toEqual([]);
  });

  it('R-7.2 who comes back is not told of what has become somebody else’s, or while they are away', async () => {
    const deviceId = aDevice();
    await reloading(deviceId);
    await goes(world.ben, 'online');
    const [taken, still, unwanted] = [
      await world.write(world.newVisitor(), 'Soon taken'),
      await world.write(world.newVisitor(), 'Still waiting'),
      await world.write(world.newVisitor(), 'While she is away'),
    ];
    for (const id of [taken, still, unwanted]) await isTold(id);
    await world.act(world.ben, 'conversation.accept', { conversationId: taken });
    const back = await world.connect(world.ann);
    open.push(back);
    await world.act(world.ann, 'agent.set-availability', { availability: 'away' });
    await look(back, { deviceId });
    await back.settle();
    expect(announced(back)).toEqual([]);
    await gone(back);
    open.splice(open.indexOf(back), 1);
    const online = await desk(world.ann, { deviceId });
    await announcing(online, unwanted);
    expect(kindsOf(online, still)).toEqual(['new-conversation']);
    expect(kindsOf(online, taken)).toEqual([]);
  });

  it('R-7.2 what is told before this server knows of new rights is told once it does', async () => {
    const { wholesale, support } = world;
    const toms = await desk(world.tom, { at: other });
    const { promise, resolve } = Promise.withResolvers<void>();
    untilThen = promise;
    // Several changes of one moment: a snapshot is begun anew while another is being read.
    await Promise.all([
      world.act(world.adam, 'inbox.add-member', {
        inboxId: wholesale.id,
        agentId: world.tom.agentId,
      }),
      world.act(world.adam, 'team.add-member', { teamId: support, agentId: world.tom.agentId }),
    ]);
    const visitor = { ...world.newVisitor(), inboxKey: wholesale.key };
    const actor = { ...visitor.actor, inboxId: wholesale.id };
    const id = await world.write({ ...visitor, actor }, 'Wholesale?');
    await isTold(id);
    await other.engine.announcing.note(world.workspaceId);
    resolve();
    await announcing(toms, id);
    expect(kindsOf(toms, id)).toEqual(['new-conversation']);
    await world.act(world.adam, 'team.remove-member', {
      teamId: support,
      agentId: world.tom.agentId,
    });
    await world.act(world.adam, 'inbox.remove-member', {
      inboxId: wholesale.id,
      agentId: world.tom.agentId,
    });
  });

  it('R-7.2 a device that only comes back, in the background, is not the one used last', async () => {
    const [laptop, phone] = [aDevice(), aDevice()];
    const onPhone = await desk(world.ann, { deviceId: phone });
    const onLaptop = await desk(world.ann, { deviceId: laptop, isFocused: false });
    const id = await world.write(world.newVisitor(), 'On the phone');
    await announcing(onPhone, id);
    expect(kindsOf(onLaptop, id)).toEqual([]);
  });

  it('an event that is read twice tells nobody twice', async () => {
    const anns = await desk(world.ann);
    const id = await world.write(world.newVisitor(), 'Once');
    await announcing(anns, id);
    const { pool } = world.server.engine;
    const count = async () =>
      Number((await pool`select count(*) as n from notices where conversation_id = ${id}`)[0]?.n);
    const before = await count();
    await pool`update readers set position = position - 6 where name = 'notifications' and workspace_id = ${world.workspaceId}`;
    await announcing(anns, await world.write(world.newVisitor(), 'Twice'));
    expect(await count()).toBe(before);
  });
});

describe('R-7.3 the bell', () => {
  const bell = async (who: Person) => {
    const response = await world.request(who, '/me/notices');
    return ((await response.json()) as { notices: Notice[] }).notices;
  };

  it('R-7.3 lists who gave one a conversation; read on one device is read on all, on every server', async () => {
    await desk(world.ann);
    const [here, there] = [await desk(world.ben), await desk(world.ben, { at: other })];
    const { conversationId } = await taken();
    await world.act(world.ann, 'conversation.leave', { conversationId });
    const holds = ({ entities }: Extract<ServerFrame, { t: 'changes' }>, isRead: boolean) =>
      'notices' in entities &&
      entities.notices?.some(
        (notice) => notice.conversationId === conversationId && (notice.readAt !== null) === isRead,
      ) === true;
    await Promise.all(
      [here, there].map((socket) => socket.next('changes', (frame) => holds(frame, false))),
    );
    const [line] = await bell(world.ben);
    expect(line).toMatchObject({ kind: 'assigned', byId: world.ann.agentId, readAt: null });
    expect((await bell(world.ann)).map((each) => each.conversationId)).not.toContain(
      conversationId,
    );

    const read = await world.request(world.ben, '/me/notices/read', { method: 'POST', body: {} });
    expect(read.status).toBe(204);
    await Promise.all(
      [here, there].map((socket) => socket.next('changes', (frame) => holds(frame, true))),
    );
    expect((await bell(world.ben))[0]?.readAt).toBeTypeOf('number');
  });

  it('R-7.3 somebody else’s line is not shown by others', async () => {
    const { pool } = world.server.engine;
    const [line] = await bell(world.ben);
    const isShown = async () =>
      (await pool`select shown_at from notices where id = ${line?.id ?? ''}`)[0]?.shown_at !== null;
    await tellShown(world.ann, [line?.id]);
    expect(await isShown()).toBe(false);
    await tellShown(world.ben, [line?.id]);
    expect(await isShown()).toBe(true);
  });
});

describe('R-7.2 web push', () => {
  async function allow(who: Person, name: string, language = 'en') {
    const deviceId = aDevice();
    const { subscription } = service.subscribe(name);
    const response = await world.request(who, `/me/push-devices/${deviceId}`, {
      method: 'PUT',
      body: { subscription, language },
    });
    expect(response.status).toBe(204);
    return deviceId;
  }

  const choose = async (body: object) =>
    expect((await world.request(world.tess, '/me/alerts', { method: 'PATCH', body })).status).toBe(
      200,
    );

  /** Online, with no desk open. */
  const justClosed = (who: Person) => goes(who, 'online');
  const keyOf = async () => {
    const response = await world.request(world.ann, '/me/push-devices');
    return (await response.json()) as { key: string; devices: { id: string }[] };
  };

  it('R-7.2 the desk closed, it is pushed: encrypted for the browser, signed with our key, once', async () => {
    await allow(world.ann, 'anns-laptop', 'de');
    await justClosed(world.ann);
    const id = await world.write(world.newVisitor(), 'Ist jemand da?');
    const [push] = await service.reach(1);
    expect(push).toMatchObject({
      device: 'anns-laptop',
      topic: id.replaceAll('-', ''),
      contact: 'mailto:desk@deskbell.invalid',
      key: (await keyOf()).key,
      notice: { conversationId: id, title: 'Besucher wartet', body: 'Ist jemand da?' },
    });
    // The service has it a moment before the job is done.
    await expect
      .poll(() => world.server.engine.pool`select from jobs`, { timeout: 10_000 })
      .toHaveLength(0);
    expect(service.pushed).toHaveLength(1);
  });

  it('R-7.2 of several devices one shows it: the next is asked when the first is asleep', async () => {
    await allow(world.ann, 'old-phone');
    await allow(world.ann, 'new-phone');
    await justClosed(world.ann);
    await world.write(world.newVisitor(), 'Hello');
    const [first] = await service.reach(1);
    expect(first).toMatchObject({ device: 'new-phone', ttl: 30 });
    await turnJobs(world.server.engine);
    expect((await service.reach(2))[1]).toMatchObject({ device: 'old-phone', ttl: 14_400 });

    // The service worker says that it showed it: nobody else is asked.
    await world.write(world.newVisitor(), 'Once more');
    const third = (await service.reach(3))[2];
    await tellShown(world.ann, [third?.notice.id]);
    await turnJobs(world.server.engine);
    expect(service.pushed.map(({ device }) => device)).toEqual([
      'new-phone',
      'old-phone',
      'new-phone',
    ]);
  });

  it('R-7.2 what an open desk has shown is not pushed; what it has not shown in time is', async () => {
    await allow(world.ann, 'phone');
    const anns = await desk(world.ann, { isFocused: false });
    const shown = await world.write(world.newVisitor(), 'Shown');
    const { announcements } = await announcing(anns, shown);
    await tellShown(world.ann, [announcements[0]?.id]);
    await turnJobs(world.server.engine);
    const missed = await world.write(world.newVisitor(), 'Missed');
    await announcing(anns, missed);
    await turnJobs(world.server.engine);
    expect((await service.reach(1)).map(({ notice }) => notice.conversationId)).toEqual([missed]);
  });

  it('R-7.2 what a desk with the focus has not shown is pushed once its line turns out to be dead', async () => {
    await allow(world.ann, 'phone');
    const laptop = await desk(world.ann);
    const id = await world.write(world.newVisitor(), 'To nobody');
    await announcing(laptop, id);
    await turnJobs(world.server.engine);
    expect(service.pushed).toEqual([]);
    await gone(laptop);
    open.splice(open.indexOf(laptop), 1);
    await turnJobs(world.server.engine);
    expect((await service.reach(1))[0]?.notice.conversationId).toBe(id);
  });

  it('R-7.2 what a desk with the focus has not shown is not pushed where its line stands', async () => {
    const { pool } = world.server.engine;
    await allow(world.ann, 'phone');
    const laptop = await desk(world.ann);
    const id = await world.write(world.newVisitor(), 'She sees it in her lists');
    await announcing(laptop, id);
    await pool`update notices set at = at - 120000 where conversation_id = ${id}`;
    await turnJobs(world.server.engine);
    await expect.poll(() => pool`select from jobs`, { timeout: 10_000 }).toHaveLength(0);
    expect(service.pushed).toEqual([]);
  });

  it.each<[string, (id: string) => Promise<unknown>]>([
    [
      'was passed on and taken there',
      async (id) => {
        await goes(world.ben, 'online');
        await world.act(world.ben, 'conversation.accept', { conversationId: id });
      },
    ],
    [
      'comes from an inbox that they have unsubscribed from',
      () => choose({ mutedInboxIds: [world.inbox.id] }),
    ],
    [
      'came before they went away',
      () => world.act(world.tess, 'agent.set-availability', { availability: 'away' }),
    ],
    ['came before they switched it off', () => choose({ hasSystemNotifications: false })],
  ])('R-7.2 what %s is not pushed', async (_, meanwhile) => {
    const { tess, ann, support } = world;
    await allow(tess, 'phone');
    service.answers.set('phone', 503);
    await goes(ann, 'online');
    const conversationId = await world.write(world.newVisitor(), 'For your team');
    await isTold(conversationId);
    await justClosed(tess);
    await world.act(ann, 'conversation.transfer', { conversationId, teamId: support });
    await service.reachAsked(1);
    await meanwhile(conversationId);
    service.answers.clear();
    await turnJobs(world.server.engine);
    await expect
      .poll(() => world.server.engine.pool`select from jobs`, { timeout: 10_000 })
      .toHaveLength(0);
    expect(service.pushed).toEqual([]);
    await choose({ mutedInboxIds: [], hasSystemNotifications: true });
  });

  it('R-7.2 what somebody else has taken meanwhile is not pushed', async () => {
    await allow(world.ann, 'slow');
    service.answers.set('slow', 503);
    await justClosed(world.ann);
    await desk(world.ben);
    const conversationId = await world.write(world.newVisitor(), 'Taken soon');
    await service.reachAsked(1);
    await world.act(world.ben, 'conversation.accept', { conversationId });
    service.answers.clear();
    await turnJobs(world.server.engine);
    const still = await world.write(world.newVisitor(), 'Still waiting');
    expect((await service.reach(1)).map(({ notice }) => notice.conversationId)).toEqual([still]);
  });

  it('R-7.2 a subscription that is dead is taken off; one whose service fails is tried again, and shown when it fails for good', async () => {
    await allow(world.ann, 'thrown-away');
    await allow(world.ann, 'stays');
    service.answers.set('thrown-away', 410);
    service.answers.set('stays', 500);
    await justClosed(world.ann);
    await world.write(world.newVisitor(), 'Hello');
    await service.reachAsked(1);
    for (let attempt = 1; attempt < 6; attempt += 1) await turnJobs(world.server.engine);
    const report = async () =>
      (await (await fetch(`${world.url}/healthz`)).json()) as { problems: string[] };
    let problems: string[] = [];
    while (problems.length === 0) ({ problems } = await report());
    expect(problems[0]).toMatch(/^1 jobs have failed for good/);
    await world.server.engine.pool`delete from jobs`;
    service.answers.set('stays', 404);
    await world.write(world.newVisitor(), 'Again');
    while ((await keyOf()).devices.length > 0) await new Promise(setImmediate);
    expect(service.pushed).toEqual([]);
  });

  it('an address in our own network is refused, also by its name', async () => {
    const { subscription } = service.subscribe('elsewhere');
    const put = (endpoint: string) =>
      world.request(world.ann, `/me/push-devices/${aDevice()}`, {
        method: 'PUT',
        body: { subscription: { ...subscription, endpoint }, language: 'en' },
      });
    for (const endpoint of [
      'https://127.0.0.1/push',
      'https://[::1]/push',
      'https://10.1.2.3/push',
      'https://[::ffff:192.168.0.1]/push',
      'http://push.example.org/1',
    ])
      expect((await put(endpoint)).status, endpoint).toBe(400);
    // What a name means is seen when it is asked.
    expect((await put('https://localhost:9/push')).status).toBe(204);
    await justClosed(world.ann);
    await world.write(world.newVisitor(), 'Hello');
    const errors = () => world.server.engine.pool`select error from jobs where error is not null`;
    while ((await errors()).length === 0) await new Promise(setImmediate);
    expect((await errors())[0]?.error).toContain('no public address');
    await world.server.engine.pool`delete from jobs`;
  });

  it('R-18.1 with its session a browser is no longer pushed to', async () => {
    const signedIn = await world.request(null, '/sign-in', {
      method: 'POST',
      body: { email: world.ann.email, password: 'tulip-gravel-ninety-lantern' },
    });
    const { token } = (await signedIn.json()) as { token: string };
    await allow({ ...world.ann, token }, 'borrowed');
    expect((await keyOf()).devices).toHaveLength(1);
    await world.request({ ...world.ann, token }, '/sign-out', { method: 'POST' });
    expect((await keyOf()).devices).toHaveLength(0);
  });

  it('R-7.2 of two people who allow it in one browser at the same moment it is one’s alone', async () => {
    const { pool } = world.server.engine;
    const { otto } = world.elsewhere;
    const people = [world.ann, world.ben, otto, world.cara];
    for (let round = 0; round < 15; round += 1) {
      const name = `shared-${round}`;
      await Promise.all(people.map((who) => allow(who, name)));
      const kept = await pool`select agent_id from push_devices where endpoint like ${`%${name}`}`;
      expect(kept).toHaveLength(1);
    }
  });
});
