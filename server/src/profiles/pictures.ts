import { createHash, randomUUID } from 'node:crypto';
import { PICTURE_BYTES, PICTURE_SIDES, type Refusal, refuse } from '@deskbell/contract';
import type { FastifyInstance } from 'fastify';
import { setHeaders } from '../platform/http/headers.ts';
import { sendProblem } from '../platform/http/problem.ts';
import { readPicture } from '../platform/picture/picture.ts';
import { SYSTEM } from '../platform/pipeline/command.ts';
import type { Submit } from '../platform/pipeline/submit.ts';
import type { Pool } from '../platform/store/connect.ts';
import { deleteFormerPictures, findPicture, insertPicture } from './sql.ts';

interface Whose {
  workspaceId: string;
  agentId: string;
}

/** The picture of an agent: looked at, stored under the hash of what is kept of it, then shown everywhere. */
export class Pictures {
  private readonly parts: { pool: Pool; submit: Submit };

  constructor(parts: { pool: Pool; submit: Submit }) {
    this.parts = parts;
  }

  async put(whose: Whose, data: string): Promise<{ picture: string } | Refusal> {
    const given = Buffer.from(data, 'base64');
    if (given.length > PICTURE_BYTES) return outOfBounds;
    const picture = readPicture(given);
    if (!picture) return refuse('not-a-picture', undefined, { field: 'data' });
    if (![picture.width, picture.height].every(isAllowed)) return outOfBounds;
    const { type, bytes } = picture;
    const hash = createHash('sha256').update(bytes).digest('base64url');
    await insertPicture(this.parts.pool, { ...whose, hash, type, bytes });
    return (await this.show(whose, hash)) ?? { picture: hash };
  }

  async remove(whose: Whose): Promise<Refusal | null> {
    return this.show(whose, null);
  }

  private async show(whose: Whose, picture: string | null): Promise<Refusal | null> {
    const { workspaceId, agentId } = whose;
    const result = await this.parts.submit({
      ...{ workspaceId, actor: SYSTEM, kind: 'agent.change-picture', clientId: randomUUID() },
      input: { agentId, picture },
    });
    if ('code' in result) return result;
    await deleteFormerPictures(this.parts.pool, whose);
    return null;
  }
}

const isAllowed = (side: number) => side >= PICTURE_SIDES.least && side <= PICTURE_SIDES.most;
const outOfBounds = refuse('picture-out-of-bounds', undefined, { field: 'data' });

const HASH = /^[\w-]{43}$/;

/** `/pictures/<hash>`: for whoever was told the hash, contacts among them. What it names never changes. */
export function servePictures(app: FastifyInstance, { pool }: { pool: Pool }): void {
  app.get('/pictures/:hash', async (request, reply) => {
    const { hash } = request.params as { hash: string };
    setHeaders(reply, 'picture');
    const found = HASH.test(hash) ? await findPicture(pool, hash) : undefined;
    if (!found) return sendProblem(reply.header('cache-control', 'no-store'), refuse('not-found'));
    return reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .type(found.type)
      .send(found.bytes);
  });
}
