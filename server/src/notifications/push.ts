import type { PushedNotice } from '@deskbell/contract';
import webPush from 'web-push';
import { z } from 'zod';
import { askOutside, isPublic } from '../platform/http/outgoing.ts';
import type { JobKind } from '../platform/jobs/jobs.ts';
import type { JobRow } from '../platform/jobs/sql.ts';
import type { Pool } from '../platform/store/connect.ts';
import { readNow } from '../platform/store/now.ts';
import {
  deletePushDevice,
  findPushDevices,
  type PushDeviceRow,
  type VapidKeys,
  vapidKeys,
} from './devices.sql.ts';
import { findNews } from './news.ts';
import { looksAtDesk } from './reach.sql.ts';
import { findNotice, type NoticeView } from './sql.ts';
import { textsIn } from './texts.ts';

/** The kind of the jobs that push. */
export const PUSH = 'push';

/** An open desk shows what it is told within this time, in ms; else it has gone, and is pushed to. */
export const SHOWN_WITHIN_MS = 15_000;

/** A device that shows nothing within this time is asleep, in s: its push is void then, and the next one is asked. */
const AWAKE_S = 30;
/** The last one may take its time: a conversation that waits longer is no news. */
const LASTING_S = 4 * 3_600;
const TIMEOUT_MS = 10_000;
/** A desk whose socket is dead is let go within this time (`SILENCE_MS` of the connection, and half of it again), in ms. */
const ALIVE_AFTER_MS = 120_000;

export interface PushParts {
  pool: Pool;
  /** Whom a push service may complain to: an https: or mailto: address (RFC 8292). */
  contact: string;
  /** `host:port` that may be asked though they are private. */
  privateTargets: readonly string[];
}

const inputSchema = z.object({
  agentId: z.string(),
  noticeId: z.string(),
  tried: z.array(z.string()),
});

/** Pushes a notice to its agent's devices, one after the other, until one has shown it. */
export function pushes(parts: PushParts): JobKind {
  return { kind: PUSH, attempts: 6, run: (job) => pushOn(job, parts) };
}

async function pushOn(
  { workspaceId, input }: JobRow,
  parts: PushParts,
): ReturnType<JobKind['run']> {
  const { agentId, noticeId, tried } = inputSchema.parse(input);
  const { pool } = parts;
  const found = await findNotice(pool, workspaceId, { agentId, id: noticeId });
  const [news] = await findNews(pool, workspaceId, { agentId, notices: found ? [found] : [] });
  if (!news) return undefined;
  const { notice, conversation, choices } = news;
  if (!choices.hasSystemNotifications) return undefined;
  if (await looksAtDesk(pool, workspaceId, agentId)) {
    // Who sits there sees it. But a device that sleeps, or has lost its network, stands there as it was last seen.
    const isAlive = (await readNow(pool)) - notice.at >= ALIVE_AFTER_MS;
    return isAlive ? undefined : { again: { agentId, noticeId, tried }, afterMs: SHOWN_WITHIN_MS };
  }
  const devices = (await findPushDevices(pool, workspaceId, agentId)).filter(
    ({ id }) => !tried.includes(id),
  );
  const text = conversation.lastText;
  let failure: unknown;
  for (const [index, device] of devices.entries()) {
    const isLast = index === devices.length - 1;
    const ttl = isLast ? LASTING_S : AWAKE_S;
    const payload = payloadOf({ workspaceId, notice, text, device });
    let isTaken: boolean;
    try {
      isTaken = await push(device, { payload, ttl }, parts);
    } catch (error) {
      // Its service fails: the next device is asked at once, this one when all is tried again.
      failure = error;
      continue;
    }
    if (!isTaken) {
      await deletePushDevice(pool, workspaceId, {
        agentId,
        id: device.id,
        endpoint: device.endpoint,
      });
      continue;
    }
    if (isLast) return undefined;
    const again = { agentId, noticeId, tried: [...tried, device.id] };
    return { again, afterMs: AWAKE_S * 1_000 };
  }
  if (failure) throw failure;
  return undefined;
}

function payloadOf({
  workspaceId,
  notice,
  text,
  device,
}: {
  workspaceId: string;
  notice: NoticeView;
  text: string | null | undefined;
  device: PushDeviceRow;
}): PushedNotice {
  const { title, visitor } = textsIn(device.language);
  return {
    id: notice.id,
    workspaceId,
    conversationId: notice.conversationId,
    kind: notice.kind,
    seq: notice.seq,
    title: title[notice.kind](notice.contactName ?? visitor),
    body: text ?? '',
  };
}

/** So that a person sees what they switched on. False: the device is no longer there. */
export function pushTest(
  workspaceId: string,
  device: PushDeviceRow,
  parts: PushParts,
): Promise<boolean> {
  const { test } = textsIn(device.language);
  const payload = { id: 'test', workspaceId, conversationId: null, kind: null, seq: 0, ...test };
  return push(device, { payload, ttl: AWAKE_S }, parts);
}

/** Encrypted for the device alone (RFC 8291). False: its browser no longer wants any. Throws where it may be tried again. */
async function push(
  device: PushDeviceRow,
  { payload, ttl }: { payload: PushedNotice; ttl: number },
  { pool, contact, privateTargets }: PushParts,
): Promise<boolean> {
  const { endpoint, keys } = device;
  const { body, headers } = webPush.generateRequestDetails(
    { endpoint, keys },
    JSON.stringify(payload),
    {
      TTL: ttl,
      urgency: 'high',
      // Of those that wait for a sleeping device the newest of a conversation is enough.
      ...(payload.conversationId && { topic: payload.conversationId.replaceAll('-', '') }),
      contentEncoding: 'aes128gcm',
      vapidDetails: { subject: contact, ...(await keysOf(pool)) },
    },
  );
  const { status, text } = await askOutside(
    {
      url: endpoint,
      method: 'POST',
      headers: asText(headers),
      ...(body && { body }),
      timeoutMs: TIMEOUT_MS,
    },
    privateTargets,
  );
  if (status === 404 || status === 410) return false;
  if (status < 200 || status > 299)
    throw new Error(`the push service ${new URL(endpoint).host} answered ${status}: ${text}`);
  return true;
}

const asText = (headers: object) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** A stranger's address must not lead us into our own network; what its name means is looked at again with every push. */
export const maySubscribe = (endpoint: string, { privateTargets }: PushParts): boolean =>
  isPublic(endpoint, privateTargets);

export const keysOf = (pool: Pool): Promise<VapidKeys> =>
  vapidKeys(pool, () => webPush.generateVAPIDKeys());
