import type { z } from 'zod';

/** Who may send a kind of command at all; what each may do with it is the server's policy. */
export type ActorKind = 'agent' | 'contact' | 'system';

export interface CommandDefinition {
  /** One sentence for the API description. */
  summary: string;
  actors: readonly ActorKind[];
  input: z.ZodObject;
  /** What a successful answer carries beside the position. */
  answer: z.ZodObject;
  /** Its REST address under /api/v1; null where only the system sends it. Path parameters are fields of `input`. */
  http: { method: 'POST' | 'PATCH' | 'PUT' | 'DELETE'; path: string } | null;
}

/** Keeps the exact shape of a definition. */
export const define = <const Definition extends CommandDefinition>(definition: Definition) =>
  definition;
