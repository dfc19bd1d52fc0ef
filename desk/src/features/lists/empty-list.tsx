import type { List, ListFilter } from '@deskbell/contract';
import { filterSize } from '@deskbell/contract/views/filter';
import { Link } from '@tanstack/react-router';
import {
  CheckCheck,
  CircleUserRound,
  Coffee,
  FilterX,
  Hourglass,
  Inbox,
  MessageCirclePlus,
  SearchX,
} from 'lucide-react';
import { useStore } from '../../app/client.tsx';
import { useLayout } from '../../app/layout.tsx';
import { demoPath } from '../../app/script-tag.ts';
import { useHasQueue } from '../../app/use-lists.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Button, buttonClasses } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

interface EmptyListProps {
  list: List;
  filter: ListFilter;
  search: string;
  onClear(): void;
}

/** Why there is nothing here, and what to do next. */
export function EmptyList({ list, filter, search, onClear }: EmptyListProps) {
  const { t } = useTranslation('lists');
  const counts = useStore((store) => store.counts);
  if (search.trim() !== '')
    return (
      <EmptyState
        icon={<SearchX />}
        title={t('empty.searchTitle')}
        action={<Button onClick={onClear}>{t('empty.searchAction')}</Button>}
      >
        <span className="wrap-anywhere">{t('empty.searchText', { search: search.trim() })}</span>
      </EmptyState>
    );
  if (filterSize(filter) > 0)
    return (
      <EmptyState
        icon={<FilterX />}
        title={t('empty.filterTitle')}
        action={<Button onClick={onClear}>{t('filter.clear')}</Button>}
      >
        {t('empty.filterText')}
      </EmptyState>
    );
  if (counts && counts.queue + counts.mine + counts.open + counts.pending + counts.closed === 0)
    return <First />;
  return <NothingIn list={list} />;
}

/** Nobody has ever written. Where there is room, the first steps stand beside the list already. */
function First() {
  const { t } = useTranslation('lists');
  const { room } = useLayout();
  return (
    <EmptyState
      icon={<MessageCirclePlus />}
      title={t('empty.firstTitle')}
      action={room === 'one' && <FirstSteps />}
    >
      {t('empty.firstText')}
    </EmptyState>
  );
}

function FirstSteps() {
  const { t } = useTranslation('lists');
  const inbox = useStore((store) => store.entities.inboxes.all()[0]);
  return (
    <div className="flex flex-col gap-2">
      {inbox && (
        <a
          href={demoPath(inbox.key)}
          target="_blank"
          rel="noreferrer"
          className={buttonClasses({ look: 'primary' })}
        >
          {t('empty.firstDemo')}
        </a>
      )}
      <Link to="/settings/inboxes" className={buttonClasses()}>
        {t('empty.firstScript')}
      </Link>
    </div>
  );
}

const icons = {
  queue: Coffee,
  mine: CircleUserRound,
  open: CheckCheck,
  pending: Hourglass,
  closed: Inbox,
} as const;

function NothingIn({ list }: { list: List }) {
  const { t } = useTranslation('lists');
  const hasQueue = useHasQueue();
  const Icon = icons[list];
  const action = list === 'mine' && hasQueue && (
    <Link to="/$list/{-$conversationId}" params={{ list: 'queue' }} className={buttonClasses()}>
      {t('empty.mineAction')}
    </Link>
  );
  return (
    <EmptyState icon={<Icon />} title={t(`empty.${list}Title`)} action={action || undefined}>
      {t(list === 'mine' && !hasQueue ? 'empty.mineGivenText' : `empty.${list}Text`)}
    </EmptyState>
  );
}
