import postgres from 'postgres';

/** Any number that is ours alone: "Deskbell" in the first bytes of the alphabet. */
const instanceKey = '4918281964218473580';

/** The right to be the one server of an embedded database, held by an open connection. */
export interface InstanceLock {
  /** Resolves when the connection breaks, and with it the right. */
  lost: Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes the advisory lock on a connection of its own: when the server dies, however, the kernel closes
 * the connection and the lock is free. Answers `{ heldBy }` (a process id, or undefined when it cannot
 * be told) when another server has it. Throws when the database cannot be reached.
 */
export async function takeInstanceLock(
  url: string,
): Promise<InstanceLock | { heldBy: number | undefined }> {
  const lost = Promise.withResolvers<void>();
  const sql = postgres(url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 10,
    onnotice: () => undefined,
    onclose: () => lost.resolve(),
    connection: { application_name: `deskbell ${process.pid}` },
  });
  try {
    const [row] = await sql`select pg_try_advisory_lock(${instanceKey}::bigint) as "isOurs"`;
    if (row?.isOurs) return { lost: lost.promise, release: () => sql.end({ timeout: 1 }) };
    const heldBy = await holder(sql);
    await sql.end({ timeout: 1 });
    return { heldBy };
  } catch (error) {
    await sql.end({ timeout: 0 });
    throw error;
  }
}

async function holder(sql: postgres.Sql): Promise<number | undefined> {
  const [row] = await sql`
    select a.application_name as name
    from pg_locks l join pg_stat_activity a using (pid)
    where l.locktype = 'advisory' and l.granted
      and (l.classid::bigint << 32 | l.objid::bigint) = ${instanceKey}::bigint`;
  return Number(/^deskbell (\d+)$/.exec(row?.name)?.[1]) || undefined;
}
