import type { LabelId, List, ListFilter } from '@deskbell/contract';
import { X } from 'lucide-react';
import { useStore } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { regional } from '../../ui/regional.ts';
import { useAgentName } from '../contact-panel/use-names.ts';
import { useLabelNames } from '../labels/use-labels.ts';
import { dateOf } from './filter-panel.tsx';

interface FilterChipsProps {
  list: List;
  filter: ListFilter;
  onChange(filter: ListFilter): void;
}

/** What a list is narrowed to, each with its own way out. Inboxes have their row above. */
export function FilterChips({ list, filter, onChange }: FilterChipsProps) {
  const { t } = useTranslation('lists');
  const texts = useTexts(list, filter);
  if (texts.length === 0) return null;
  return (
    <fieldset className="flex min-w-0 flex-wrap items-center gap-1 px-3 pb-2">
      <legend className="sr-only">{t('filter.title')}</legend>
      {texts.map(({ text, without }) => (
        <button
          key={text}
          type="button"
          aria-label={t('filter.remove', { filter: text })}
          onClick={() => onChange({ ...filter, ...without })}
          className="inline-flex h-6 pointer-coarse:h-10 min-w-0 max-w-full items-center gap-1 rounded-full bg-accent-soft ps-2.5 pe-1.5 text-accent-text text-xs transition-colors -outline-offset-2 hover:bg-pressed"
        >
          <span className="truncate">{text}</span>
          <X aria-hidden="true" className="size-3 shrink-0" />
        </button>
      ))}
    </fieldset>
  );
}

/** a team or a label that was deleted hides nothing; where a list was narrowed to it, that is said. */
export function PartGone({ isShown, onForget }: { isShown: boolean; onForget(): void }) {
  const { t } = useTranslation('lists');
  return (
    <div role="status" className="px-4 pb-2 text-muted text-xs empty:hidden">
      {isShown && (
        <>
          {t('filter.gone')}{' '}
          <button
            type="button"
            onClick={onForget}
            className="-mx-1 rounded-sm px-1 font-medium text-accent-text underline-offset-2 hover:underline"
          >
            {t('filter.forget')}
          </button>
        </>
      )}
    </div>
  );
}

const none: readonly LabelId[] = [];

function useTexts(list: List, filter: ListFilter): { text: string; without: ListFilter }[] {
  const { t, i18n } = useTranslation('lists');
  const {
    assigneeIds: [assigneeId] = [],
    teamIds: [teamId] = [],
    labelIds = none,
    since,
    until,
  } = filter;
  const name = useAgentName(assigneeId === 'nobody' ? null : (assigneeId ?? null));
  const team = useStore((store) => store.entities.teams.get(teamId ?? ''));
  const label = useLabelNames(labelIds);
  const day = (at: number) =>
    new Intl.DateTimeFormat(regional(i18n.language), { dateStyle: 'medium' }).format(at);
  const date = dateOf(list);
  const texts: { text: string; without: ListFilter }[] = [];
  if (assigneeId)
    texts.push({
      text: assigneeId === 'nobody' ? t('filter.nobody') : t('filter.of', { name }),
      without: { assigneeIds: undefined },
    });
  if (teamId)
    texts.push({
      text: teamId === 'none' ? t('filter.noTeam') : (team?.name ?? ''),
      without: { teamIds: undefined },
    });
  if (labelIds.length > 0)
    texts.push({ text: t('filter.labelled', { name: label }), without: { labelIds: undefined } });
  if (since !== undefined)
    texts.push({
      text: t(`filter.from.${date}`, { day: day(since) }),
      without: { since: undefined },
    });
  if (until !== undefined)
    texts.push({
      text: t(`filter.to.${date}`, { day: day(until - 1) }),
      without: { until: undefined },
    });
  if (filter.isFlagged)
    texts.push({ text: t('filter.flagged'), without: { isFlagged: undefined } });
  if (filter.closedById)
    texts.push({ text: t('filter.closedByMe'), without: { closedById: undefined } });
  return texts;
}
