import { type Queries, run } from '../store/connect.ts';
import { NOW_MS } from '../store/now.ts';

/** How a reader of the log stands, over all workspaces. */
export interface ReaderState {
  name: string;
  /** Workspaces in which it has something to read. */
  behind: number;
  /** Age of the oldest event that it has not read, in ms; 0 where it has read all. */
  lagMs: number;
  /** Events that it failed at too often, put aside for people to look at. */
  parked: number;
}

/** A look at the places of these readers; one look-up in the log for each workspace. */
export function readReaderStates(sql: Queries, names: readonly string[]): Promise<ReaderState[]> {
  return run<ReaderState>(
    sql,
    `select known.name, count(next.at) as behind,
       greatest(coalesce(${NOW_MS} - min(next.at), 0), 0) as "lagMs",
       (select count(*) from parked_events p where p.reader = known.name) as parked
     from unnest($1::text[]) as known(name)
     left join workspaces w on true
     left join readers r on r.name = known.name and r.workspace_id = w.id
     left join lateral (
       select at from log where workspace_id = w.id and position > coalesce(r.position, 0) order by position limit 1) as next on true
     group by known.name order by known.name`,
    [`{${names.join(',')}}`],
  );
}
