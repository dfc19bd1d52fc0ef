import {
  agentIdSchema,
  bulkJobIdSchema,
  contactIdSchema,
  conversationIdSchema,
  type Draft,
  inboxIdSchema,
  markSchema,
  receiptSchema,
} from '@deskbell/contract';
import { z } from 'zod';

const placeSchema = z.object({
  id: conversationIdSchema,
  contactId: contactIdSchema,
  inboxId: inboxIdSchema,
});

const typistSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agent'), id: agentIdSchema }),
  z.object({ kind: z.literal('contact'), id: contactIdSchema }),
]);

/** What one server says to the others of a workspace: small, and never more than a hint of what the rows say. */
const noticeSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('reached'), position: z.int().nonnegative() }),
  z.object({
    t: z.literal('typing'),
    place: placeSchema,
    by: typistSchema,
    isTyping: z.boolean(),
  }),
  z.object({ t: z.literal('receipt'), place: placeSchema, receipt: receiptSchema }),
  z.object({ t: z.literal('mark'), agentId: agentIdSchema, mark: markSchema }),
  z.object({ t: z.literal('drafted'), agentId: agentIdSchema }),
  z.object({ t: z.literal('owned'), agentId: agentIdSchema }),
  z.object({ t: z.literal('noticed') }),
  z.object({ t: z.literal('audited') }),
  z.object({ t: z.literal('moved'), agentId: agentIdSchema, jobId: bulkJobIdSchema }),
]);
export type Notice = z.infer<typeof noticeSchema>;

/** Of a conversation, as much as one must know to find who sees it. */
export type Place = { id: string; contactId: string; inboxId: string };

/** What is told to streams without having been logged. */
export type Told =
  | { t: 'typing'; place: Place; by: { kind: 'agent' | 'contact'; id: string }; isTyping: boolean }
  | { t: 'receipt'; place: Place; receipt: object }
  | { t: 'mark'; agentId: string; mark: object }
  | { t: 'draft'; agentId: string; draft: Draft }
  | { t: 'own'; agentId: string; entities: object }
  | { t: 'audited' };

/** A job is further; whoever has a device of its agent reads how far. */
export const noticeOfMoved = ({ agentId, id }: { agentId: string; id: string }) => ({
  notice: { t: 'moved', agentId, jobId: id },
  name: `moved ${id}`,
});

/** Null: another release's words. */
export function readNotice(message: unknown): Notice | null {
  const read = noticeSchema.safeParse(message);
  return read.success ? read.data : null;
}

/** How other servers are told the same; of those with one name only the newest counts. */
export function noticeOf(told: Told): { notice: object; name: string } {
  if (told.t === 'draft')
    // Its text may be longer than the bus carries; who has a device of this agent reads it.
    return {
      notice: { t: 'drafted', agentId: told.agentId },
      name: `drafted ${told.agentId}`,
    };
  // The bell and what one wants to be told: whoever has a device of this agent reads them.
  if (told.t === 'own')
    return { notice: { t: 'owned', agentId: told.agentId }, name: `owned ${told.agentId}` };
  if (told.t === 'audited') return { notice: told, name: told.t };
  if (told.t === 'mark') return { notice: told, name: `mark ${told.agentId}` };
  const { id, contactId, inboxId } = told.place;
  const notice = { ...told, place: { id, contactId, inboxId } };
  return { notice, name: `${told.t} ${id} ${told.t === 'typing' ? told.by.id : ''}` };
}

/** Where servers tell one another of sessions that ended: these belong to no workspace. */
export const SESSIONS = 'sessions';

const endedSchema = z.object({
  t: z.literal('ended'),
  session: z.string(),
  workspaceId: z.string().nullable(),
});

/** A session, named by its token's hash, has ended: in one workspace, or (null) everywhere. */
export type Ended = Omit<z.infer<typeof endedSchema>, 't'>;

/** Null: another release's words. */
export function readEnded(message: unknown): Ended | null {
  const read = endedSchema.safeParse(message);
  return read.success ? read.data : null;
}

export const noticeOfEnded = (ended: Ended): object => ({ t: 'ended', ...ended });
