import {
  type AuditKind,
  type AuditTopic,
  agentIdSchema,
  auditEntrySchema,
  auditKinds,
  auditTopics,
  refuse,
} from '@deskbell/contract';
import { z } from 'zod';
import { changesSettings } from '../accounts/index.ts';
import { type Route, route } from '../platform/http/route.ts';
import type { Pool } from '../platform/store/connect.ts';
import { auditEntry } from './present.ts';
import { readAudit } from './sql.ts';

const timeInQuery = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional();

/** What was changed about how the workspace is set up, for admins. */
export function auditRoutes({ pool }: { pool: Pool }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/audit',
      summary:
        'Who changed what about how the workspace is set up, the newest first, before and after. For admins.',
      topic: 'Workspace',
      who: 'agent',
      query: z.object({
        by: agentIdSchema.optional().meta({ description: 'only what this agent changed' }),
        topic: z.enum(auditTopics).optional(),
        from: timeInQuery.meta({ description: 'nothing before, in ms since 1970' }),
        until: timeInQuery.meta({ description: 'only what was before, in ms since 1970' }),
        cursor: z
          .string()
          .regex(
            /^\d{1,15}:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
            'is no cursor that was given out',
          )
          .optional()
          .meta({ description: '`next` of the page before' }),
        limit: z.coerce.number().int().min(1).max(500).default(50),
      }),
      answer: z.object({
        entries: z.array(auditEntrySchema),
        next: z.string().nullable().meta({ description: 'null: there are no earlier ones' }),
      }),
      refusals: ['forbidden'],
      async handle({ party, query }) {
        if (!changesSettings({ ...party, isActive: true }))
          return refuse('forbidden', 'Only admins see what was changed');
        const { by = null, topic, from = null, until = null, cursor, limit } = query;
        const [at, id] = (cursor ?? '').split(':');
        const after = id ? { at: Number(at), id } : null;
        const page = { kinds: kindsOf(topic), by, from, until, after, limit };
        const rows = await readAudit(pool, party.workspaceId, page);
        const last = rows.length < limit ? undefined : rows.at(-1);
        return { entries: rows.map(auditEntry), next: last ? `${last.at}:${last.id}` : null };
      },
    }),
  ];
}

/** Those that this release knows, of a topic or of all. */
function kindsOf(topic: AuditTopic | undefined): AuditKind[] {
  const all = Object.keys(auditKinds) as AuditKind[];
  return topic ? all.filter((kind) => auditKinds[kind].topic === topic) : all;
}
