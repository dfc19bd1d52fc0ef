import type { List } from '@deskbell/contract';
import { lists } from '@deskbell/contract/views/lists';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../app/client.tsx';
import { classes } from '../../ui/classes.ts';

/** Queue, Mine, All open, Closed, each with its live count. */
export function ListTabs({ list }: { list: List }) {
  const { t } = useTranslation('lists');
  return (
    <nav aria-label={t('tabs.label')} className="grid grid-cols-4 border-line border-b px-2 pt-1.5">
      {lists.map((each) => (
        <Tab key={each} list={each} isCurrent={each === list} />
      ))}
    </nav>
  );
}

function Tab({ list, isCurrent }: { list: List; isCurrent: boolean }) {
  const { t, i18n } = useTranslation('lists');
  const count = useStore((store) => store.counts?.[list]);
  const isCalling = list === 'queue' && Boolean(count);
  return (
    <Link
      to="/$list/{-$conversationId}"
      params={{ list }}
      aria-current={isCurrent ? 'page' : undefined}
      className={classes(
        'relative flex min-w-0 flex-col items-center rounded-t-md px-1 pt-1 pb-2 no-underline transition-colors -outline-offset-2',
        isCurrent ? 'text-ink' : 'text-muted hover:bg-hover hover:text-ink',
      )}
    >
      <span
        className={classes(
          'min-h-5 font-semibold text-base tabular-nums',
          isCalling && 'text-positive-text',
          !isCurrent && !isCalling && 'text-muted',
        )}
      >
        {count === undefined ? '' : shortNumber(count, i18n.language)}
      </span>
      <span className={classes('max-w-full truncate text-xs', isCurrent && 'font-medium')}>
        {t(`tabs.${list}`)}
      </span>
      {isCurrent && (
        <span
          aria-hidden="true"
          className="absolute inset-x-2 -bottom-px h-0.5 rounded-full bg-accent"
        />
      )}
    </Link>
  );
}

/** Exact as long as there is room for it. */
export function shortNumber(count: number, language: string): string {
  const notation = count < 10_000 ? 'standard' : 'compact';
  return new Intl.NumberFormat(language, { notation, maximumFractionDigits: 1 }).format(count);
}
