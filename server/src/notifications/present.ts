import {
  type Announcement,
  type Notice,
  type PushDevice,
  type Sight,
  sees,
} from '@deskbell/contract';
import type { PushDeviceRow } from './devices.sql.ts';
import type { NoticeView } from './sql.ts';

/** Whether they may (still) see what a notice is about. */
export const seesIt = (sight: Sight, { place }: NoticeView) => place !== null && sees(sight, place);

/** A line of the bell: its version tells whether it was read. Whose conversation has gone out of sight has no name. */
export function noticeForAgent(row: NoticeView, sight: Sight): Notice {
  const isSeen = seesIt(sight, row);
  return {
    id: row.id,
    version: row.readAt === null ? 1 : 2,
    kind: row.kind,
    conversationId: row.conversationId,
    contactId: isSeen ? row.contactId : null,
    contactName: isSeen ? row.contactName : null,
    byId: row.byId,
    at: row.at,
    readAt: row.readAt,
  } as Notice;
}

export function announcementOf(row: NoticeView, text: string): Announcement {
  return {
    id: row.id,
    kind: row.kind,
    conversationId: row.conversationId,
    contactId: row.contactId,
    contactName: row.contactName,
    inboxId: row.place?.inboxId,
    byId: row.byId,
    text,
    seq: row.seq,
    at: row.at,
    deviceId: row.deviceId,
  } as Announcement;
}

export function deviceForAgent(
  row: PushDeviceRow,
  { browser, system }: { browser: string; system: string },
): PushDevice {
  const { id, addedAt, usedAt } = row;
  return { id, browser, system, addedAt, usedAt } as PushDevice;
}
