import type { AuditEntry } from '@deskbell/contract';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Download, History, RefreshCw, SearchX } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Forbidden } from '../../app/forbidden.tsx';
import { Page } from '../../app/page.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useSession } from '../../app/session-context.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock.ts';
import { dayOf } from '../../ui/days.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { dayName, daysAgo } from '../../ui/relative-time.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Entry } from './entry.tsx';
import type { AuditFilter } from './filter.ts';
import { Filters } from './filters.tsx';
import { useSay } from './say.ts';
import { type Audit, useAudit } from './use-audit.ts';
import { useExport } from './use-export.ts';

const route = getRouteApi('/desk/shell/settings/audit');

/** Who changed what about how the workspace is set up; for admins. */
export function AuditScreen() {
  const { t } = useTranslation('audit');
  const { may } = useSession();
  if (may.changeSettings) return <Log />;
  return (
    <Page title={t('title')}>
      <Forbidden />
    </Page>
  );
}

function Log() {
  const { t } = useTranslation('audit');
  const filter = route.useSearch();
  const navigate = useNavigate();
  const narrow = (search: AuditFilter) =>
    void navigate({ to: '/settings/audit', search, replace: true });
  const { from, until } = filter;
  const isBackwards = !!from && !!until && until < from;
  const audit = useAudit(filter);
  const { count, start } = useExport(filter);
  const isEmpty = audit.entries?.length === 0;
  const action = (
    <Button
      icon={<Download />}
      isBusy={count !== null}
      disabled={isEmpty || isBackwards}
      onClick={() => void start()}
    >
      {count === null ? t('export.button') : t('export.under', { count })}
    </Button>
  );
  return (
    <Page title={t('title')} text={t('text')} actions={action}>
      <Filters {...{ filter, isBackwards }} onChange={narrow} />
      {isEmpty ? (
        <Nothing isFiltered={Object.keys(filter).length > 0} onClear={() => narrow({})} />
      ) : (
        <Entries audit={audit} />
      )}
    </Page>
  );
}

function Nothing({ isFiltered, onClear }: { isFiltered: boolean; onClear(): void }) {
  const { t } = useTranslation('audit');
  if (!isFiltered)
    return (
      <EmptyState icon={<History />} title={t('none.title')}>
        {t('none.text')}
      </EmptyState>
    );
  const action = <Button onClick={onClear}>{t('noneFound.action')}</Button>;
  return <EmptyState icon={<SearchX />} title={t('noneFound.title')} action={action} />;
}

function Entries({ audit }: { audit: Audit }) {
  const { t, i18n } = useTranslation('audit');
  const say = useSay();
  const now = useNow();
  const nameOf = (at: number) => {
    const ago = daysAgo(at, now);
    if (ago < 2) return t(ago < 1 ? 'today' : 'yesterday');
    return dayName(at, now, i18n.language);
  };
  return (
    <section aria-label={t('list')} className="flex flex-col gap-5">
      {byDay(audit.entries ?? []).map((entries) => (
        <section key={dayOf(entries[0]?.at ?? 0)}>
          <h2 className="mb-1.5 font-medium text-muted text-sm">{nameOf(entries[0]?.at ?? 0)}</h2>
          <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line">
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} say={say} />
            ))}
          </ul>
        </section>
      ))}
      <Foot audit={audit} />
    </section>
  );
}

/** Beyond the last entry: the next page comes as soon as this is near the screen. */
function Foot({ audit: { entries, hasMore, problem, load } }: { audit: Audit }) {
  const { t } = useTranslation('audit');
  const textOf = useProblemText();
  const foot = useRef<HTMLDivElement>(null);
  const latest = useRef(load);
  latest.current = load;
  const isWanted = hasMore && problem === null;
  // What is there may still not fill the screen, so each page asks anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (!isWanted || !foot.current) return;
    const observer = new IntersectionObserver(
      ([seen]) => seen?.isIntersecting && latest.current(),
      { rootMargin: '600px' },
    );
    observer.observe(foot.current);
    return () => observer.disconnect();
  }, [isWanted, entries?.length]);
  if (problem)
    return (
      <EmptyState
        title={t('failed.title')}
        action={
          <Button icon={<RefreshCw />} onClick={load}>
            {t('failed.again')}
          </Button>
        }
      >
        {textOf(problem)}
      </EmptyState>
    );
  if (entries !== null && !hasMore) return null;
  return (
    <div ref={foot} role="status" className="rounded-xl border border-line px-4 py-2">
      <span className="sr-only">{t('loading')}</span>
      {[1, 2, 3].map((row) => (
        <div key={row} className="flex items-center gap-3 py-2">
          <Skeleton className="size-6 rounded-full" />
          <Skeleton className="h-3.5 w-56" />
        </div>
      ))}
    </div>
  );
}

function byDay(entries: readonly AuditEntry[]): AuditEntry[][] {
  const days: AuditEntry[][] = [];
  for (const entry of entries) {
    const day = days.at(-1);
    const first = day?.[0];
    if (day && first && daysAgo(entry.at, first.at) === 0) day.push(entry);
    else days.push([entry]);
  }
  return days;
}
