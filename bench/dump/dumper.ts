import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import postgres from 'postgres';

/**
 * What a backup does: one repeatable-read transaction that stays open, and every table copied out of
 * it, again and again, as fast as it goes. Says how much it has read when it is told to stop.
 */
const sql = postgres(process.env.DATABASE_URL ?? '', { max: 1, onnotice: () => undefined });
let isOver = false;
let bytes = 0;
let rounds = 0;

process.on('message', () => {
  isOver = true;
});
// Ctrl-C reaches us too; the bench ends us in its turn.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());

await sql.begin('isolation level repeatable read read only', async (transaction) => {
  const tables = await transaction<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`;
  // The snapshot is taken: what follows is the load beside it.
  process.send?.({ isReading: true });
  while (!isOver) {
    for (const { name } of tables) if (!isOver) await copyOut(transaction, name);
    rounds += 1;
  }
});
await sql.end();
process.send?.({ rounds, bytes });

async function copyOut(transaction: postgres.TransactionSql, table: string): Promise<void> {
  const rows = await transaction`copy ${transaction(table)} to stdout`.readable();
  const nowhere = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done();
    },
  });
  await pipeline(rows, nowhere);
}
