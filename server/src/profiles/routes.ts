import { PICTURE_BYTES, preferencesSchema, refuse } from '@deskbell/contract';
import { z } from 'zod';
import { type Route, route } from '../platform/http/route.ts';
import type { Pool } from '../platform/store/connect.ts';
import type { Pictures } from './pictures.ts';
import { findOwn, keepPreferences } from './sql.ts';

const topic = 'Agents';
/** Four letters for three bytes. */
const LONGEST = Math.ceil(PICTURE_BYTES / 3) * 4;

interface Parts {
  pool: Pool;
  pictures: Pictures;
  /** Tells all desks of an agent, on every server. */
  tellDevices(workspaceId: string, agentId: string, entities: object): Promise<void>;
}

/** What an agent keeps for themselves, and their picture. */
export function profileRoutes({ pool, pictures, tellDevices }: Parts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/me/profile',
      summary: "One's signature, and how one's desk is to be.",
      topic,
      who: 'agent',
      answer: z.object({ signature: z.string(), preferences: preferencesSchema }),
      handle: async ({ party }) => (await findOwn(pool, party)) ?? refuse('session-ended'),
    }),
    route({
      method: 'PATCH',
      path: '/me/preferences',
      summary: "How one's desk is to be, on all one's devices; what isn't named stays.",
      topic,
      who: 'agent',
      body: preferencesSchema,
      answer: z.object({ preferences: preferencesSchema }),
      handle: async ({ party: { workspaceId, agentId }, body }) => {
        const kept = await keepPreferences(pool, { workspaceId, agentId, change: body });
        await tellDevices(workspaceId, agentId, { preferences: [kept] });
        return { preferences: kept.kept };
      },
    }),
    route({
      method: 'PUT',
      path: '/me/picture',
      summary: 'Show another picture of oneself. What cameras write beside it is not kept.',
      topic,
      who: 'agent',
      allowance: { burst: 30, perMs: 60_000 },
      body: z.strictObject({
        data: z
          .string()
          .min(1)
          .max(LONGEST)
          .regex(/^[A-Za-z0-9+/]*={0,2}$/, { message: 'is not in base64' })
          .meta({ description: 'JPEG, PNG or WebP, in base64' }),
      }),
      answer: z.object({ picture: z.string() }),
      refusals: ['not-a-picture', 'picture-out-of-bounds', 'too-many'],
      handle: ({ party: { workspaceId, agentId }, body }) =>
        pictures.put({ workspaceId, agentId }, body.data),
    }),
    route({
      method: 'DELETE',
      path: '/me/picture',
      summary: 'Show no picture of oneself.',
      topic,
      who: 'agent',
      answer: null,
      handle: ({ party: { workspaceId, agentId } }) => pictures.remove({ workspaceId, agentId }),
    }),
  ];
}
