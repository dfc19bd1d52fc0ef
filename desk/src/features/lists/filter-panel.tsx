import type { AgentId, LabelId, List, ListFilter, TeamId } from '@deskbell/contract';
import { filterSize } from '@deskbell/contract/views/filter';
import { ListFilter as FilterIcon } from 'lucide-react';
import { useStore } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { dayAfter, dayOf, startOfDay } from '../../ui/days.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useLabels } from '../labels/use-labels.ts';

interface FilterProps {
  list: List;
  filter: ListFilter;
  onChange(filter: ListFilter): void;
}

/** What a list can be narrowed to; a number on the button says by how much it is. */
export function FilterButton({ list, filter, onChange }: FilterProps) {
  const { t } = useTranslation('lists');
  const size = filterSize({ ...filter, inboxIds: undefined });
  return (
    <Popover
      align="end"
      title={t('filter.title')}
      trigger={
        <IconButton
          label={size === 0 ? t('filter.button') : t('filter.buttonOn', { count: size })}
          icon={<FilterIcon aria-hidden="true" />}
          tooltipSide="bottom"
          className={size === 0 ? undefined : 'text-accent-text!'}
        />
      }
    >
      <FilterFields {...{ list, filter, onChange }} />
    </Popover>
  );
}

function FilterFields({ list, filter, onChange }: FilterProps) {
  const { t } = useTranslation('lists');
  const me = useStore((store) => store.me?.id);
  const set = (change: ListFilter) => onChange({ ...filter, ...change });
  const { since, until } = filter;
  const date = dateOf(list);
  return (
    <>
      <Assignee {...{ list, filter, set }} />
      <Team {...{ filter, set }} />
      <LabelChoice {...{ filter, set }} />
      <div className="grid gap-2 sm:grid-cols-2">
        <TextField
          type="date"
          label={t(`filter.since.${date}`)}
          value={since === undefined ? '' : dayOf(since)}
          max={until === undefined ? undefined : dayOf(until - 1)}
          onChange={({ target }) => set({ since: startOfDay(target.value) })}
        />
        <TextField
          type="date"
          label={t(`filter.until.${date}`)}
          value={until === undefined ? '' : dayOf(until - 1)}
          min={since === undefined ? undefined : dayOf(since)}
          onChange={({ target }) => set({ until: dayAfter(target.value) })}
        />
      </div>
      <div>
        <Checkbox
          label={t('filter.flagged')}
          isOn={filter.isFlagged === true}
          onChange={(isOn) => set({ isFlagged: isOn ? true : undefined })}
        />
        {list === 'closed' && me && (
          <Checkbox
            label={t('filter.closedByMe')}
            isOn={filter.closedById === me}
            onChange={(isOn) => set({ closedById: isOn ? me : undefined })}
          />
        )}
      </div>
      <Button
        size="small"
        disabled={filterSize(filter) === 0}
        onClick={() => onChange({})}
        className="self-start"
      >
        {t('filter.clear')}
      </Button>
    </>
  );
}

/** By which date a list is narrowed. */
export const dateOf = (list: List) => (list === 'closed' ? 'closing' : 'lastMessage');

interface FieldProps {
  filter: ListFilter;
  set(change: ListFilter): void;
}

function Assignee({ list, filter, set }: FieldProps & { list: List }) {
  const { t, i18n } = useTranslation('lists');
  const { compare } = new Intl.Collator(i18n.language, { numeric: true });
  const agents = useStore((store) => store.entities.agents.all());
  // Nobody has any of the queue.
  if (list === 'queue') return null;
  const known = agents
    .filter((agent) => agent.isActive)
    .map((agent) => ({ value: agent.id as string, label: agent.name }))
    .sort((left, right) => compare(left.label, right.label));
  return (
    <SelectField
      label={t('filter.assignee')}
      value={filter.assigneeIds?.[0] ?? ''}
      onChange={({ target }) =>
        set({
          assigneeIds: target.value === '' ? undefined : [target.value as AgentId | 'nobody'],
        })
      }
      options={[
        { value: '', label: t('filter.anybody') },
        { value: 'nobody', label: t('filter.nobody') },
        ...known,
      ]}
    />
  );
}

function LabelChoice({ filter, set }: FieldProps) {
  const { t } = useTranslation('lists');
  const labels = useLabels();
  if (labels.length === 0) return null;
  return (
    <SelectField
      label={t('filter.label')}
      value={filter.labelIds?.[0] ?? ''}
      onChange={({ target }) =>
        set({ labelIds: target.value === '' ? undefined : [target.value as LabelId] })
      }
      options={[
        { value: '', label: t('filter.anyLabel') },
        ...labels.map((label) => ({ value: label.id as string, label: label.name })),
      ]}
    />
  );
}

function Team({ filter, set }: FieldProps) {
  const { t } = useTranslation('lists');
  const teams = useStore((store) => store.entities.teams.all());
  if (teams.length === 0) return null;
  return (
    <SelectField
      label={t('filter.team')}
      value={filter.teamIds?.[0] ?? ''}
      onChange={({ target }) =>
        set({ teamIds: target.value === '' ? undefined : [target.value as TeamId | 'none'] })
      }
      options={[
        { value: '', label: t('filter.anyTeam') },
        { value: 'none', label: t('filter.noTeam') },
        ...teams.map((team) => ({ value: team.id as string, label: team.name })),
      ]}
    />
  );
}
