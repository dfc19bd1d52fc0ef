import { z } from 'zod';

/** A moment on the wire. */
export const timeSchema = z.int().meta({ description: 'milliseconds since 1970, UTC' });

/** A store keeps the highest it has seen. */
export const versionSchema = z
  .int()
  .meta({ description: 'grows with every change of this entity' });
