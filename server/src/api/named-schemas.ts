import * as contract from '@deskbell/contract';
import { z } from 'zod';

/** What the description names once and refers to; the name is that of the API's readers. */
export const named = {
  Workspace: contract.workspaceSchema,
  Agent: contract.agentSchema,
  AgentFace: contract.agentFaceSchema,
  Contact: contract.contactSchema,
  Inbox: contract.inboxSchema,
  Site: contract.siteSchema,
  Conversation: contract.conversationSchema,
  OwnConversation: contract.ownConversationSchema,
  Entry: contract.entrySchema,
  MessageEntry: contract.messageEntrySchema,
  ActivityEntry: contract.activityEntrySchema,
  Activity: contract.activitySchema,
  Author: contract.authorSchema,
  Mark: contract.markSchema,
  Receipt: contract.receiptSchema,
  Draft: contract.draftSchema,
  Counts: contract.countsSchema,
  AgentEntities: contract.agentEntitiesSchema,
  ContactEntities: contract.contactEntitiesSchema,
  ClientFrame: contract.clientFrameSchema,
  ServerFrame: contract.serverFrameSchema,
  Problem: z
    .object({
      type: z.string().meta({ description: 'where the code is explained' }),
      title: z.string(),
      status: z.int(),
      code: z.enum(Object.keys(contract.errors) as [contract.ErrorCode]),
      detail: z.string().meta({ description: 'for people: what was found, what was expected' }),
      field: z.string().optional().meta({ description: 'the field at fault' }),
      agentId: contract.agentIdSchema.optional().meta({ description: 'who has it, for `taken`' }),
    })
    .meta({ description: 'Problem details (RFC 9457).' }),
} satisfies Record<string, z.ZodType>;

export type JsonSchema = { [key: string]: unknown };

/**
 * Turns schemas into JSON Schema (2020-12, as OpenAPI 3.1 wants it). What has a name is referred to
 * by it. `of`: as a client sends it (`input`), or as the server does (`output`).
 */
export function jsonSchemas<Key extends string>(
  schemas: Record<Key, z.ZodType>,
  of: 'input' | 'output',
): Record<Key, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries<z.ZodType>(named)) registry.add(schema, { id });
  const nameOf = (key: string) => registry.get(schemas[key as Key])?.id ?? key;
  // A copy of each: routes may share one, and each is described for itself.
  for (const [key, schema] of Object.entries<z.ZodType>(schemas))
    if (nameOf(key) === key && !(key in named)) registry.add(schema.clone(), { id: key });
  const made = z.toJSONSchema(registry, {
    io: of,
    unrepresentable: 'any',
    uri: (id) => `#/components/schemas/${id}`,
  }).schemas;
  const read = (key: string) => (nameOf(key) === key ? bare(made[key], of) : referTo(nameOf(key)));
  return Object.fromEntries(Object.keys(schemas).map((key) => [key, read(key)])) as Record<
    Key,
    JsonSchema
  >;
}

export const referTo = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** Clients ignore fields that they don't know, so an answer doesn't forbid them; safe integers need no bounds. */
function bare(value: unknown, of: 'input' | 'output'): JsonSchema {
  const clean = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.map(clean);
    if (typeof each !== 'object' || each === null) return each;
    const kept = Object.entries(each).filter(
      ([key, inner]) =>
        !['$schema', '$id'].includes(key) &&
        !(of === 'output' && key === 'additionalProperties' && inner === false) &&
        Math.abs(Number(inner)) !== Number.MAX_SAFE_INTEGER,
    );
    return Object.fromEntries(kept.map(([key, inner]) => [key, clean(inner)]));
  };
  return clean(value) as JsonSchema;
}
