import { run } from './connect.ts';
import { begin, commit, type Writer, type Writers } from './writers.ts';

/**
 * A transaction in which `act` may also wait for other things than the database. Not the driver's own
 * (3.4.9): where its connection dies between two statements, that one writes the next to a socket that
 * is no longer there, and throws where nobody can catch it. Here a lost connection is an error of
 * `commit` at the latest, and nothing was written.
 */
export async function inTransaction<Result>(
  writers: Writers,
  act: (sql: Writer) => Promise<Result>,
): Promise<Result> {
  const writer = await writers.lend();
  try {
    const backend = await begin(writer);
    const result = await act(writer);
    await commit(writer, Promise.resolve(backend));
    return result;
  } catch (error) {
    // A dead connection can't, and its database has done so already.
    await run(writer, 'rollback').catch(() => undefined);
    throw error;
  } finally {
    writers.takeBack(writer);
  }
}
