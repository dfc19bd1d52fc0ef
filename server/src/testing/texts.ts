import type { z } from 'zod';

interface Definition {
  type: string;
  shape?: Record<string, z.ZodType>;
  options?: readonly z.ZodType[];
  [part: string]: unknown;
}

/** The schemas of texts within what a schema takes, each by its place: also keys, and what stands in a list or a choice. */
export function* textsIn(schema: z.ZodType, place: string): Generator<[string, z.ZodType]> {
  const definition = (schema as unknown as { def: Definition }).def;
  if (definition.type === 'string') yield [place, schema];
  for (const [part, inner] of partsOf(definition)) yield* textsIn(inner, `${place}${part}`);
}

function partsOf(definition: Definition): [string, z.ZodType][] {
  const around = ['innerType', 'in', 'out'].map((part) => ['', definition[part]]);
  const within = ['element', 'keyType', 'valueType'].map((part) => [`.${part}`, definition[part]]);
  const fields = Object.entries(definition.shape ?? {}).map(([name, field]) => [`.${name}`, field]);
  const options = (definition.options ?? []).map((option) => ['', option]);
  const all = [...around, ...within, ...fields, ...options];
  return all.filter(([, part]) => typeof part === 'object') as [string, z.ZodType][];
}
