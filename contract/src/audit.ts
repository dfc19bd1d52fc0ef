import { z } from 'zod';
import { timeSchema } from './entities.ts';
import { agentIdSchema } from './ids.ts';

/** What an entry of the audit log is about; the list can be narrowed to one. */
export const auditTopics = ['settings', 'people', 'teams', 'inboxes', 'labels'] as const;
export type AuditTopic = (typeof auditTopics)[number];

/**
 * Every kind of entry of the audit log: whatever changes how the workspace is set up. One line
 * here, one sentence in each language of the desk (`features/audit`).
 */
export const auditKinds = {
  'workspace.changed': { topic: 'settings' },
  'workspace.settings-changed': { topic: 'settings' },
  'agent.added': { topic: 'people' },
  'agent.renamed': { topic: 'people' },
  'agent.role-changed': { topic: 'people' },
  'agent.deactivated': { topic: 'people' },
  'agent.reactivated': { topic: 'people' },
  'agent.capacity-changed': { topic: 'people' },
  'agent.signed-out': { topic: 'people' },
  'agent.password-reset': { topic: 'people' },
  'invitation.made': { topic: 'people' },
  'invitation.renewed': { topic: 'people' },
  'invitation.withdrawn': { topic: 'people' },
  'team.added': { topic: 'teams' },
  'team.changed': { topic: 'teams' },
  'team.deleted': { topic: 'teams' },
  'team.restored': { topic: 'teams' },
  'team.member-added': { topic: 'teams' },
  'team.member-removed': { topic: 'teams' },
  'inbox.added': { topic: 'inboxes' },
  'inbox.changed': { topic: 'inboxes' },
  'inbox.member-added': { topic: 'inboxes' },
  'inbox.member-removed': { topic: 'inboxes' },
  'inbox.team-added': { topic: 'inboxes' },
  'inbox.team-removed': { topic: 'inboxes' },
  'label.added': { topic: 'labels' },
  'label.changed': { topic: 'labels' },
  'label.deleted': { topic: 'labels' },
  'label.restored': { topic: 'labels' },
} as const satisfies Record<string, { topic: AuditTopic }>;
export type AuditKind = keyof typeof auditKinds;
export const auditKindSchema = z.enum(Object.keys(auditKinds) as [AuditKind, ...AuditKind[]]);

/** Somebody or something by id, with the name that it had then. */
const namedSchema = z.object({ id: z.guid(), name: z.string() });

/** One value that was changed: `field` as in the entity, nested ones by dots. */
export const auditChangeSchema = z.object({
  field: z.string(),
  before: z.unknown().meta({ description: 'left out: there was none' }).optional(),
  after: z.unknown().meta({ description: 'left out: there is none' }).optional(),
});
export type AuditChange = z.infer<typeof auditChangeSchema>;

/** Who changed what and when, before and after. */
export const auditEntrySchema = z.object({
  id: z.guid(),
  at: timeSchema,
  by: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('agent'), id: agentIdSchema, name: z.string() }),
    z.object({ kind: z.literal('system') }),
  ]),
  what: auditKindSchema,
  subject: namedSchema.meta({ description: 'what was changed, with the name that it had then' }),
  whom: namedSchema
    .nullable()
    .meta({ description: 'the agent or the team that it concerns besides' }),
  changes: z.array(auditChangeSchema),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
