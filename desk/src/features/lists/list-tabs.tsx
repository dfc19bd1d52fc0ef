import type { List } from '@deskbell/contract';
import { Link } from '@tanstack/react-router';
import { useStore } from '../../app/client.tsx';
import { useLists } from '../../app/use-lists.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { classes } from '../../ui/classes.ts';

/** Queue (R-2.2: not for everybody), Mine, All open, Pending, Closed, each with its live count. */
export function ListTabs({ list }: { list: List }) {
  const { t } = useTranslation('lists');
  return (
    <nav aria-label={t('tabs.label')} className="flex border-line border-b px-2 pt-1.5">
      {useLists().map((each) => (
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
        'relative flex min-w-0 flex-auto flex-col items-center rounded-t-md px-1 pt-1 pb-2 no-underline transition-colors -outline-offset-2',
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
      <span className="max-w-full truncate text-xs">{t(`tabs.${list}`)}</span>
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
  const key = `${language}:${notation}`;
  const format =
    formats.get(key) ?? new Intl.NumberFormat(language, { notation, maximumFractionDigits: 1 });
  formats.set(key, format);
  return format.format(count);
}

/** Kept, because making one costs a thousand times as much as using it. */
const formats = new Map<string, Intl.NumberFormat>();
