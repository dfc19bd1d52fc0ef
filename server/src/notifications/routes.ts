import {
  alertChoicesSchema,
  alertsSchema,
  deviceIdSchema,
  noticeIdSchema,
  noticeSchema,
  pushDeviceSchema,
  pushSubscriptionSchema,
  refuse,
  storable,
} from '@deskbell/contract';
import { z } from 'zod';
import { type AgentParty, type Asked, type Route, route } from '../platform/http/route.ts';
import { sessionToken } from '../platform/http/session-cookie.ts';
import type { Pool } from '../platform/store/connect.ts';
import { deviceOf, type SignIn } from '../sign-in/index.ts';
import { changeAlerts, findAlerts } from './alerts.sql.ts';
import { deletePushDevice, findPushDevices, savePushDevice } from './devices.sql.ts';
import { deviceForAgent, noticeForAgent } from './present.ts';
import { keysOf, maySubscribe, type PushParts, pushTest } from './push.ts';
import { findNotice, markNoticesRead, markShown, readBell } from './sql.ts';

const topic = 'Notifications';
const PAGE = 50;
/** Lines that are marked in one request. */
const MOST_AT_ONCE = 200;
/** Of one agent; the eldest has long been thrown away by then. */
const MOST_DEVICES = 20;

interface Parts {
  pool: Pool;
  signIn: Pick<SignIn, 'findSession'>;
  publicUrl: string | undefined;
  push: PushParts;
  /** What one device did shows on the agent's others. */
  tellDevices(workspaceId: string, agentId: string, entities: object): Promise<void>;
}

/** The bell, what one wants to be told, and the browsers that are pushed to. All of it is one's own. */
export function notificationRoutes(parts: Parts): Route[] {
  return [...bellRoutes(parts), ...alertRoutes(parts), ...deviceRoutes(parts)];
}

/** Of the last line of a page: when, and which of those of one moment. */
const bellCursorSchema = z.string().regex(/^\d{1,15}:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

function bellRoutes({ pool, tellDevices }: Parts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/me/notices',
      summary: 'The lines of the bell, the newest first.',
      topic,
      who: 'agent',
      query: z.object({ before: bellCursorSchema.optional() }),
      answer: z.object({
        notices: z.array(noticeSchema),
        next: z
          .string()
          .nullable()
          .meta({ description: '`before` of the next page; null at the end' }),
      }),
      async handle({ party, query: { before } }) {
        const { workspaceId, agentId, sight } = party;
        const [at, id] = before?.split(':') ?? [];
        const cursor = at === undefined || id === undefined ? undefined : { at: Number(at), id };
        const rows = await readBell(pool, workspaceId, { agentId, before: cursor, limit: PAGE });
        const last = rows.length < PAGE ? undefined : rows.at(-1);
        return {
          notices: rows.map((row) => noticeForAgent(row, sight)),
          next: last ? `${last.at}:${last.id}` : null,
        };
      },
    }),
    route({
      method: 'POST',
      path: '/me/notices/read',
      summary: 'Mark lines of the bell as read: those named, or all.',
      topic,
      who: 'agent',
      body: z.object({ ids: z.array(noticeIdSchema).max(MOST_AT_ONCE).optional() }),
      answer: null,
      async handle({ party, body: { ids = null } }) {
        const { workspaceId, agentId } = party;
        const read = await markNoticesRead(pool, workspaceId, { agentId, ids });
        if (read.length > 0) await tellBell({ pool, tellDevices }, party);
        return null;
      },
    }),
    route({
      method: 'POST',
      path: '/me/notices/shown',
      summary: 'These notifications were shown to their agent, so that no other device has to.',
      topic,
      who: 'agent',
      body: z.object({ ids: z.array(noticeIdSchema).min(1).max(MOST_AT_ONCE) }),
      answer: null,
      async handle({ party: { workspaceId, agentId }, body: { ids } }) {
        await markShown(pool, workspaceId, { agentId, ids });
        return null;
      },
    }),
    route({
      method: 'GET',
      path: '/me/notices/:noticeId',
      summary: 'One notification, also one that stands in no bell.',
      topic,
      who: 'agent',
      params: z.object({ noticeId: noticeIdSchema }),
      answer: z.object({ notice: noticeSchema }),
      refusals: ['not-found'],
      async handle({ party: { workspaceId, agentId, sight }, params: { noticeId } }) {
        const row = await findNotice(pool, workspaceId, { agentId, id: noticeId });
        return row ? { notice: noticeForAgent(row, sight) } : refuse('not-found');
      },
    }),
  ];
}

/** What was read on one device is read on all: the newest lines, as they are now. */
async function tellBell(
  { pool, tellDevices }: Pick<Parts, 'pool' | 'tellDevices'>,
  { workspaceId, agentId, sight }: AgentParty,
): Promise<void> {
  const rows = await readBell(pool, workspaceId, { agentId, limit: PAGE });
  const notices = rows.map((row) => noticeForAgent(row, sight));
  await tellDevices(workspaceId, agentId, { notices });
}

function alertRoutes({ pool, tellDevices }: Parts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/me/alerts',
      summary: 'What one wants to be told, and how.',
      topic,
      who: 'agent',
      answer: z.object({ alerts: alertsSchema }),
      handle: async ({ party }) => ({
        alerts: await findAlerts(pool, party.workspaceId, party.agentId),
      }),
    }),
    route({
      method: 'PATCH',
      path: '/me/alerts',
      summary: 'Change what one wants to be told; what is not named stays.',
      topic,
      who: 'agent',
      body: someChoicesSchema,
      answer: z.object({ alerts: alertsSchema }),
      async handle({ party: { workspaceId, agentId }, body }) {
        const alerts = await changeAlerts(pool, workspaceId, { agentId, changed: body });
        await tellDevices(workspaceId, agentId, { alerts: [alerts] });
        return { alerts };
      },
    }),
  ];
}

/** Without the defaults: what isn't named isn't changed. */
const { hasRing, hasMessageSound, volume, hasPopUps, hasSystemNotifications, mutedInboxIds } =
  alertChoicesSchema.shape;
const someChoicesSchema = z
  .object({
    hasRing: hasRing.unwrap(),
    hasMessageSound: hasMessageSound.unwrap(),
    volume: volume.unwrap(),
    hasPopUps: hasPopUps.unwrap(),
    hasSystemNotifications: hasSystemNotifications.unwrap(),
    mutedInboxIds: mutedInboxIds.unwrap(),
  })
  .partial();

function deviceRoutes(parts: Parts): Route[] {
  const { pool, push } = parts;
  const params = z.object({ deviceId: deviceIdSchema });
  return [
    route({
      method: 'GET',
      path: '/me/push-devices',
      summary: 'The browsers that are pushed to, and the key under which more may be.',
      topic,
      who: 'agent',
      answer: z.object({
        key: z.string().meta({ description: 'the applicationServerKey (RFC 8292)' }),
        devices: z.array(pushDeviceSchema),
      }),
      async handle({ party }) {
        const [{ publicKey }, rows] = await Promise.all([
          keysOf(pool),
          findPushDevices(pool, party.workspaceId, party.agentId),
        ]);
        return {
          key: publicKey,
          devices: rows.map((row) => deviceForAgent(row, deviceOf(row.userAgent))),
        };
      },
    }),
    route({
      method: 'PUT',
      path: '/me/push-devices/:deviceId',
      summary: 'Push to this browser from now on, until it is signed out.',
      topic,
      who: 'agent',
      params,
      body: z.object({
        subscription: pushSubscriptionSchema,
        language: storable(z.string().max(20)),
      }),
      answer: null,
      refusals: ['session-ended', 'too-many'],
      handle: (asked) => savedDevice(asked, parts),
    }),
    route({
      method: 'DELETE',
      path: '/me/push-devices/:deviceId',
      summary: 'Push to this browser no longer.',
      topic,
      who: 'agent',
      params,
      answer: null,
      refusals: ['not-found'],
      async handle({ party: { workspaceId, agentId }, params: { deviceId } }) {
        const isGone = await deletePushDevice(pool, workspaceId, { agentId, id: deviceId });
        return isGone ? null : refuse('not-found');
      },
    }),
    route({
      method: 'POST',
      path: '/me/push-devices/:deviceId/test',
      summary: 'Push something there, to see whether it arrives.',
      topic,
      who: 'agent',
      params,
      answer: z.object({
        isTaken: z.boolean(),
        trouble: z
          .string()
          .nullable()
          .meta({ description: 'what failed; null with `isTaken` false: the device is gone' }),
      }),
      refusals: ['not-found'],
      allowance: { burst: 10, perMs: 60_000 },
      async handle({ party: { workspaceId, agentId }, params: { deviceId } }) {
        const rows = await findPushDevices(pool, workspaceId, agentId);
        const device = rows.find(({ id }) => id === deviceId);
        if (!device) return refuse('not-found');
        // What its push service says against it is for who wants to know whether it arrives.
        const taken = await pushTest(workspaceId, device, push).catch((error: Error) => error);
        if (typeof taken === 'object') return { isTaken: false, trouble: taken.message };
        if (!taken) await deletePushDevice(pool, workspaceId, { agentId, id: deviceId });
        return { isTaken: taken, trouble: null };
      },
    }),
  ];
}

async function savedDevice(
  {
    party: { workspaceId, agentId },
    params: { deviceId: id },
    body: { subscription, language },
    request,
  }: Asked<
    'agent',
    { deviceId: string },
    unknown,
    { subscription: z.infer<typeof pushSubscriptionSchema>; language: string }
  >,
  { pool, signIn, publicUrl, push }: Parts,
) {
  if (!maySubscribe(subscription.endpoint, push))
    return refuse('invalid', 'The endpoint is not a public https: address', { field: 'endpoint' });
  const session = await signIn.findSession(sessionToken(request.raw, publicUrl) ?? '', workspaceId);
  if ('code' in session) return session;
  const others = (await findPushDevices(pool, workspaceId, agentId)).filter(
    (device) => device.id !== id,
  );
  if (others.length >= MOST_DEVICES)
    return refuse('too-many', `Push reaches at most ${MOST_DEVICES} devices; take one off first`);
  await savePushDevice(pool, workspaceId, {
    ...{ agentId, id, subscription, language },
    session: session.tokenHash,
    userAgent: request.headers['user-agent'] ?? '',
  });
  return null;
}
