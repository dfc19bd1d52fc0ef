import type { AuditEntry } from '@deskbell/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ask, isProblem, type Problem } from '../../app/api.ts';
import { useClient, useStore } from '../../app/client.tsx';
import { dayAfter, startOfDay } from '../../ui/days.ts';
import type { AuditFilter } from './filter.ts';
import { merged, reaches } from './merged.ts';

interface Page {
  entries: AuditEntry[];
  next: string | null;
}

/** A page of the audit log, the newest first. `cursor`: `next` of the one before. */
export function askAudit(
  filter: AuditFilter,
  { cursor, limit }: { cursor: string | null; limit: number },
): Promise<Page | Problem> {
  const { by, topic, from, until } = filter;
  const given = {
    by,
    topic,
    from: from && startOfDay(from),
    until: until && dayAfter(until),
    cursor: cursor ?? undefined,
    limit,
  };
  const named = Object.entries(given).flatMap(([name, value]) =>
    value ? [[name, String(value)]] : [],
  );
  return ask('GET', `/audit?${new URLSearchParams(named)}`);
}

export interface Audit {
  /** null until they have come. */
  entries: readonly AuditEntry[] | null;
  hasMore: boolean;
  problem: Problem | null;
  /** The next page, or what failed once more. */
  load(): void;
}

const PAGE = 50;

interface Seen {
  /** null until they have come. */
  entries: readonly AuditEntry[] | null;
  next: string | null;
  problem: Problem | null;
}
const nothing: Seen = { entries: null, next: null, problem: null };

/** The audit log as far as it was looked at, live at its head; another filter begins anew. */
export function useAudit(filter: AuditFilter): Audit {
  const client = useClient();
  const [seen, setSeen] = useState<Seen>(nothing);
  const latest = useRef(seen);
  latest.current = seen;
  const turn = useRef(0);
  const isUnderWay = useRef(false);
  /** How far the log had grown when its head was asked for last. */
  const askedAt = useRef(-1);
  const { by, topic, from, until } = filter;
  const go = useCallback(
    async (cursor: string | null) => {
      const own = turn.current;
      isUnderWay.current = true;
      setSeen((last) => ({ ...last, problem: null }));
      const page = await askAudit({ by, topic, from, until }, { cursor, limit: PAGE });
      if (own !== turn.current) return;
      isUnderWay.current = false;
      if (isProblem(page)) return setSeen((last) => ({ ...last, problem: page }));
      setSeen(({ entries }) => ({
        entries: merged(entries ?? [], page.entries),
        next: page.next,
        problem: null,
      }));
    },
    [by, topic, from, until],
  );
  /** What was changed meanwhile, before what is held. Where that fails, the next word or a new line asks again. */
  const renew = useCallback(async () => {
    const own = turn.current;
    const come: AuditEntry[] = [];
    let cursor: string | null = null;
    do {
      const page: Page | Problem = await askAudit(
        { by, topic, from, until },
        { cursor, limit: PAGE },
      );
      if (own !== turn.current || isProblem(page)) return;
      come.push(...page.entries);
      cursor = page.next;
    } while (cursor !== null && !reaches(latest.current.entries ?? [], come));
    setSeen(({ entries, next, problem }) => ({
      entries: merged(entries ?? [], come),
      next: entries?.length ? next : cursor,
      problem: entries === null ? null : problem,
    }));
  }, [by, topic, from, until]);
  useEffect(() => {
    turn.current += 1;
    setSeen(nothing);
    askedAt.current = client.store.audited;
    void go(null);
    return () => {
      turn.current += 1;
    };
  }, [go, client]);
  const audited = useStore((store) => store.audited);
  useEffect(() => {
    if (askedAt.current === audited) return;
    askedAt.current = audited;
    void renew();
  }, [audited, renew]);
  return {
    entries: seen.entries,
    hasMore: seen.next !== null,
    problem: seen.problem,
    load() {
      if (!isUnderWay.current) void go(seen.next);
    },
  };
}
