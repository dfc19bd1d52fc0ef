import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startTestPostgres } from '../../testing/database.ts';
import { answerOf, openOffice } from '../../testing/office.ts';

it('R-5.2 the database dies and comes back: what was acknowledged stands, what was sent goes on', async () => {
  const postgres = await startTestPostgres();
  try {
    const office = await openOffice(await postgres.createDatabase());
    const server = office.open();
    const visitors = Array.from({ length: 5 }, () => office.visitor());
    const acknowledged = new Map<string, string[]>();
    const sending = visitors.map(async (visitor) => {
      for (let index = 0; index < 40; index += 1) {
        const { conversationId } = answerOf(
          await server.act(visitor, 'message.receive', { text: `${index}` }),
        );
        const id = String(conversationId);
        acknowledged.set(id, [...(acknowledged.get(id) ?? []), `${index}`]);
      }
    });
    while (server.committed.length < 10) await new Promise(setImmediate);
    const pidFile = path.join(postgres.folder, 'postgres', 'postmaster.pid');
    process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGQUIT');
    await Promise.all(sending);
    expect(server.troubles.length).toBeGreaterThan(0);
    expect(await office.messages()).toEqual(acknowledged);
    expect([...acknowledged.values()].map((texts) => texts.length)).toEqual([40, 40, 40, 40, 40]);
    await office.close();
  } finally {
    await postgres.stop();
  }
}, 60_000);
