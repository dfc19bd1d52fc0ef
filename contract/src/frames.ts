import { z } from 'zod';
import { boardSchema } from './board.ts';
import type { CommandAnswer, CommandInput, CommandKind } from './commands.ts';
import {
  type AgentEntities,
  agentEntitiesSchema,
  type ContactEntities,
  contactEntitiesSchema,
  countsSchema,
  maySchema,
  roleSchema,
} from './entities.ts';
import type { ErrorCode } from './errors.ts';
import {
  agentIdSchema,
  clientIdSchema,
  contactIdSchema,
  conversationIdSchema,
  deviceIdSchema,
  inboxKeySchema,
  teamIdSchema,
  workspaceIdSchema,
} from './ids.ts';
import { lookSchema } from './look.ts';
import { announcementSchema } from './notifications.ts';
import { preChatSchema } from './pre-chat.ts';
import { draftTextSchema } from './text.ts';
import { lists } from './views/lists.ts';

/**
 * The socket at /api/v1/socket: JSON text frames. Either side may put several frames into one text
 * frame as an array. The first frame of a client is `hello`; unknown fields are ignored, unknown
 * kinds answered with `malformed-frame`.
 */
export const PROTOCOL = 1;

/** The longest text frame the server reads, in bytes. */
export const FRAME_LIMIT = 128 * 1024;

/** How many frames one text frame may hold, and how many may be said before the answer to `hello`. */
export const FRAMES_AT_ONCE = 500;

/** How many timelines one desk may hold live at once; the eldest is let go beyond. */
export const WATCH_LIMIT = 64;

export const listSchema = z.enum(lists);

const seqSchema = z.int().nonnegative();

export const helloSchema = z.object({
  t: z.literal('hello'),
  protocol: z.literal(PROTOCOL),
  contact: z
    .object({ inbox: inboxKeySchema, token: z.string().min(32).max(128) })
    .optional()
    .meta({
      description: "a contact names the inbox's public key and the secret their browser made",
    }),
  token: z
    .string()
    .max(128)
    .optional()
    .meta({ description: 'of a session, where no cookie says it: for desks that are no browser' }),
  workspaceId: workspaceIdSchema.optional().meta({
    description: "for agents of several workspaces: which; absent: the session's own",
  }),
  through: z
    .string()
    .max(80)
    .optional()
    .meta({ description: 'the last `through` that this client saw; absent: a snapshot' }),
  rights: z.string().max(80).optional().meta({
    description: "those that came with the last snapshot; others than today's: a snapshot",
  }),
  timelines: z
    .record(conversationIdSchema, seqSchema)
    .optional()
    .meta({ description: 'held, each with the last sequence seen: they go on from there' }),
  isPresent: z.boolean().optional().meta({
    description: "false: only listens (a bot, a wall board), and doesn't keep its agent online",
  }),
});

export const clientFrameSchema = z.discriminatedUnion('t', [
  helloSchema,
  z.object({
    t: z.literal('command'),
    id: clientIdSchema,
    kind: z.string().max(64),
    input: z.unknown(),
  }),
  z.object({
    t: z.literal('watch'),
    conversationId: conversationIdSchema,
    after: seqSchema.nullable(),
  }),
  z.object({ t: z.literal('unwatch'), conversationId: conversationIdSchema }),
  z.object({ t: z.literal('typing'), conversationId: conversationIdSchema, isTyping: z.boolean() }),
  z.object({ t: z.literal('read'), conversationId: conversationIdSchema, seq: seqSchema }),
  z.object({ t: z.literal('delivered'), conversationId: conversationIdSchema, seq: seqSchema }),
  z.object({
    t: z.literal('draft'),
    conversationId: conversationIdSchema,
    text: draftTextSchema,
    version: seqSchema,
  }),
  z
    .object({
      t: z.literal('attention'),
      deviceId: deviceIdSchema,
      isFocused: z.boolean(),
      conversationId: conversationIdSchema.nullable(),
    })
    .meta({
      description:
        'a desk in use says so: what happens is announced on the device used last, and not at all where it is looked at',
    }),
  z
    .object({ t: z.literal('board'), isWatched: z.boolean() })
    .meta({ description: 'supervisors may watch the live board; said again after every `hello`' }),
  z.object({ t: z.literal('ping') }),
]);
export type ClientFrame = z.infer<typeof clientFrameSchema>;
export type Hello = z.infer<typeof helloSchema>;

const goneSchema = z.object({
  conversations: z.array(conversationIdSchema).optional(),
  teams: z.array(teamIdSchema).optional(),
});
const entitiesSchema = z.union([agentEntitiesSchema, contactEntitiesSchema]);
const throughSchema = z
  .string()
  .meta({ description: 'opaque; everything up to there was considered for you' });

export const meSchema = z.union([
  z.object({ kind: z.literal('agent'), id: agentIdSchema, role: roleSchema, may: maySchema }),
  z.object({ kind: z.literal('contact'), id: contactIdSchema }),
]);

const typistSchema = z.union([
  z.object({ kind: z.literal('agent'), id: agentIdSchema }),
  z.object({ kind: z.literal('contact'), id: contactIdSchema }),
]);

/** What a widget shows of its inbox. */
export const siteSchema = z
  .object({
    name: z.string(),
    color: z.string(),
    greeting: z.string(),
    sign: z.string().meta({ description: 'the colour of a large sign on `color`' }),
    look: lookSchema,
    preChat: preChatSchema.nullable().meta({ description: 'null: nothing is asked' }),
    isOnline: z.boolean(),
    usualAnswerMs: z.int().nullable().meta({
      description:
        'how long contacts of the workspace usually wait for a first answer, to the minute; null: too few are known',
    }),
  })
  .meta({ description: 'for contacts: what the widget shows of its inbox' });
export type Site = z.infer<typeof siteSchema>;

export const serverFrameSchema = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('snapshot'),
    me: meSchema,
    entities: entitiesSchema,
    through: throughSchema,
    rights: z.string(),
    counts: countsSchema.optional(),
    lists: z.partialRecord(listSchema, z.string().nullable()).optional().meta({
      description:
        'for agents: the lists whose first page is here, each with the cursor of the next, or null at the end',
    }),
    site: siteSchema.optional(),
  }),
  z.object({
    t: z.literal('changes'),
    entities: entitiesSchema,
    gone: goneSchema.optional(),
    through: throughSchema.optional(),
  }),
  z.object({
    t: z.literal('timeline'),
    conversationId: conversationIdSchema,
    entities: entitiesSchema,
    isReset: z
      .boolean()
      .meta({ description: 'forget the entries held of it: too much was missed' }),
    hasEarlier: z.boolean(),
    through: seqSchema,
  }),
  z.object({
    t: z.literal('ack'),
    id: clientIdSchema,
    position: z.int().optional(),
    answer: z.unknown(),
  }),
  z.object({
    t: z.literal('refused'),
    id: clientIdSchema.nullable(),
    code: z.string(),
    detail: z.string(),
    field: z.string().optional(),
    agentId: agentIdSchema.optional(),
    retryAfterMs: z.int().optional(),
  }),
  z.object({ t: z.literal('counts'), counts: countsSchema }),
  z.object({ t: z.literal('board'), board: boardSchema }),
  siteSchema
    .partial()
    .extend({ t: z.literal('site') })
    .meta({
      description: 'what changed of it',
    }),
  z.object({
    t: z.literal('typing'),
    conversationId: conversationIdSchema,
    by: typistSchema,
    isTyping: z.boolean(),
  }),
  z.object({ t: z.literal('audited') }).meta({
    description: 'for admins: the audit log has grown; what is looked at of it is asked for anew',
  }),
  z.object({ t: z.literal('announced'), announcements: z.array(announcementSchema) }),
  z.object({ t: z.literal('pong') }),
  z.object({
    t: z.literal('bye'),
    code: z.enum([
      'restart',
      'session-ended',
      'unauthenticated',
      'not-a-member',
      'protocol',
      'slow',
      'wrong-origin',
      'not-found',
      'too-many',
      'unavailable',
    ]),
    detail: z.string(),
  }),
]);
export type ServerFrame = z.infer<typeof serverFrameSchema>;
export type FrameEntities = AgentEntities & ContactEntities;

/** The acknowledgement of one kind of command: it is stored, and stands at `position` in the log. */
export interface Ack<Kind extends CommandKind = CommandKind> {
  /** For agents alone. */
  position?: number;
  answer: CommandAnswer<Kind>;
}
export interface Refused {
  code: ErrorCode;
  detail: string;
  field?: string;
  agentId?: string;
}
export type { CommandInput };
