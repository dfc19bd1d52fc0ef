import type { Pool } from './connect.ts';

/**
 * What a `copy … to stdout` says, no faster than it is read. Whoever breaks off must end the connection. The driver (3.4.9) pauses
 * its socket when its stream is full, and goes on when the stream is asked for more; a stream that has been told its end is never
 * asked again, and the connection would stay silent for ever. So it is asked once more here.
 */
export async function* copyOut(sql: Pool, text: string): AsyncGenerator<Buffer> {
  const stream = await sql.unsafe(text).readable();
  for await (const chunk of stream) yield chunk;
  stream._read(0);
}
