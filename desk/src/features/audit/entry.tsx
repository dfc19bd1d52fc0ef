import type { AgentId, AuditEntry } from '@deskbell/contract';
import { ArrowRight, Bot } from 'lucide-react';
import { AgentAvatar } from '../../app/agent-avatar.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { exactTime, timeOfDay } from '../../ui/relative-time.ts';
import type { SaidChange, Say } from './say.ts';

/** One line of the audit log: who did what, and each value before and after. */
export function Entry({ entry, say }: { entry: AuditEntry; say: Say }) {
  const { i18n } = useTranslation();
  const changes = say.changes(entry);
  return (
    <li className="flex gap-3 px-4 py-3">
      <Face entry={entry} name={say.who(entry)} />
      <div className="min-w-0 flex-1">
        <p className="wrap-anywhere line-clamp-3 leading-6">
          <bdi className="inline-block max-w-3/5 truncate align-bottom font-medium">
            {say.who(entry)}
          </bdi>{' '}
          <span className="text-muted">{say.what(entry)}</span>
        </p>
        {changes.length > 0 && (
          <dl className="mt-1 flex flex-col gap-1">
            {changes.map((change) => (
              <Change key={change.field} change={change} />
            ))}
          </dl>
        )}
      </div>
      <time
        dateTime={new Date(entry.at).toISOString()}
        title={exactTime(entry.at, i18n.language)}
        className="shrink-0 text-faint text-sm tabular-nums leading-6"
      >
        {timeOfDay(entry.at, i18n.language)}
      </time>
    </li>
  );
}

function Face({ entry, name }: { entry: AuditEntry; name: string }) {
  if (entry.by.kind === 'agent')
    return <AgentAvatar agentId={entry.by.id} name={name} size="small" isStateHidden />;
  if (entry.what === 'agent.added')
    return (
      <AgentAvatar agentId={entry.subject.id as AgentId} name={name} size="small" isStateHidden />
    );
  return (
    <span
      aria-hidden="true"
      className="grid size-6 shrink-0 place-items-center rounded-full bg-hover text-muted"
    >
      <Bot className="size-3.5" />
    </span>
  );
}

function Change({ change }: { change: SaidChange }) {
  const { t } = useTranslation('audit');
  const { field, before, after, isFirst, isColor } = change;
  return (
    <div className="flex flex-wrap items-baseline gap-x-2 text-sm">
      <dt className="text-faint">{field}</dt>
      <dd className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
        {!isFirst && (
          <>
            <span className="sr-only">{t('change.before')}</span>
            <Value text={before} isColor={isColor} className="text-muted" />
            <ArrowRight
              aria-hidden="true"
              className="size-3.5 self-center text-faint rtl:rotate-180"
            />
          </>
        )}
        <span className="sr-only">{t('change.after')}</span>
        <Value text={after} isColor={isColor} className="font-medium" />
      </dd>
    </div>
  );
}

interface ValueProps {
  text: string | null;
  isColor: boolean;
  className: string;
}

function Value({ text, isColor, className }: ValueProps) {
  const { t } = useTranslation('audit');
  if (text === null) return <span className="text-faint italic">{t('change.none')}</span>;
  return (
    <span className={`own-direction wrap-anywhere line-clamp-2 min-w-0 ${className}`}>
      {isColor && (
        <span
          aria-hidden="true"
          className="me-1.5 inline-block size-3 rounded-full align-[-1px] forced-color-adjust-none"
          style={{ backgroundColor: text }}
        />
      )}
      {text}
    </span>
  );
}
