import {
  Laptop,
  LogOut,
  type LucideIcon,
  MonitorSmartphone,
  Smartphone,
  Tablet,
} from 'lucide-react';
import { useState } from 'react';
import { ask, isProblem } from '../../app/api.ts';
import { AskedProblem } from '../../app/asked-problem.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useAsked } from '../../app/use-asked.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showToast } from '../../ui/toast.ts';

interface Session {
  id: string;
  workspaceName: string;
  device: { browser: string; system: string; kind: 'computer' | 'phone' | 'tablet' | 'other' };
  address: string;
  lastUsedAt: number;
  isThis: boolean;
}

const icons: Record<Session['device']['kind'], LucideIcon> = {
  computer: Laptop,
  phone: Smartphone,
  tablet: Tablet,
  other: MonitorSmartphone,
};

/** Where one is signed in; each can be ended, and all others at once. */
export function Sessions() {
  const { t } = useTranslation('account');
  const textOf = useProblemText();
  const asked = useAsked<{ sessions: Session[] }>('/me/sessions');
  const { answer, problem, again } = asked;
  const [busy, setBusy] = useState<string | null>(null);
  const end = async (path: string) => {
    setBusy(path);
    const outcome = await ask<{ ended: number }>('DELETE', path);
    setBusy(null);
    if (isProblem(outcome)) showToast({ tone: 'danger', title: textOf(outcome) });
    else showToast({ tone: 'positive', title: t('sessions.ended', { count: outcome.ended }) });
    await again();
  };
  const sessions = answer?.sessions;
  return (
    <section aria-labelledby="sessions">
      <header className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h2 id="sessions" className="font-semibold">
            {t('sessions.title')}
          </h2>
          <p className="text-muted text-sm">{t('sessions.text')}</p>
        </div>
        {sessions && sessions.length > 1 && (
          <Button
            icon={<LogOut />}
            isBusy={busy === '/me/sessions'}
            onClick={() => void end('/me/sessions')}
          >
            {t('sessions.endOthers')}
          </Button>
        )}
      </header>
      <AskedProblem asked={asked} />
      {!sessions && !problem && (
        <div role="status">
          <span className="sr-only">{t('sessions.loading')}</span>
          <Skeleton className="h-16 rounded-xl" />
        </div>
      )}
      {sessions && (
        <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line">
          {sessions.map((session) => (
            <Row
              key={session.id}
              session={session}
              isBusy={busy === `/me/sessions/${session.id}`}
              onEnd={() => void end(`/me/sessions/${session.id}`)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ session, isBusy, onEnd }: { session: Session; isBusy: boolean; onEnd(): void }) {
  const { t, i18n } = useTranslation('account');
  const { browser, system, kind } = session.device;
  const Icon = icons[kind];
  const name =
    browser && system
      ? t('sessions.device', { browser, system })
      : browser || system || t('sessions.unknown');
  return (
    <li className="flex items-center gap-3 bg-surface px-3.5 py-2.5">
      <span
        aria-hidden="true"
        className="grid size-8 shrink-0 place-items-center rounded-full bg-hover text-faint"
      >
        <Icon className="size-4" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          {name}
          {session.isThis && <Badge tone="positive">{t('sessions.this')}</Badge>}
        </p>
        <p className="flex flex-wrap gap-x-1 text-muted text-sm">
          <span>
            {t('sessions.lastUsed')}{' '}
            <RelativeTime
              at={session.lastUsedAt}
              language={i18n.language}
              nowLabel={t('sessions.now')}
            />
            {session.address && ` · ${session.address}`} ·
          </span>
          <span className="min-w-0 truncate">{session.workspaceName}</span>
        </p>
      </div>
      {!session.isThis && (
        <Button
          size="small"
          isBusy={isBusy}
          onClick={onEnd}
          aria-label={t('sessions.endNamed', { name })}
        >
          {t('sessions.end')}
        </Button>
      )}
    </li>
  );
}
