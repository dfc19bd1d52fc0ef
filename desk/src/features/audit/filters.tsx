import { auditTopics } from '@deskbell/contract';
import { X } from 'lucide-react';
import { useStore } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { dayIn } from '../../ui/days.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { AuditFilter } from './filter.ts';

interface FiltersProps {
  filter: AuditFilter;
  isBackwards: boolean;
  onChange(filter: AuditFilter): void;
}

/** What the audit log is narrowed to: a person, a kind, some days. */
export function Filters({ filter, isBackwards, onChange }: FiltersProps) {
  const { t, i18n } = useTranslation('audit');
  const agents = useStore((store) => store.entities.agents.all());
  const people = [...agents]
    .sort((left, right) => left.name.localeCompare(right.name, i18n.language))
    .map(({ id, name }) => ({ value: id as string, label: name }));
  const topics = auditTopics.map((topic) => ({
    value: topic as string,
    label: t(`topics.${topic}`),
  }));
  const isOn = Object.values(filter).some((value) => value !== undefined);
  const set = (name: keyof AuditFilter, value: string) =>
    onChange({ ...filter, [name]: value === '' ? undefined : value });
  return (
    <div className="mb-4 flex flex-wrap items-start gap-3">
      <div className="grid min-w-0 flex-1 basis-full grid-cols-2 gap-3 sm:grid-cols-4">
        <SelectField
          label={t('filter.by')}
          options={[{ value: '', label: t('filter.everybody') }, ...people]}
          value={filter.by ?? ''}
          onChange={({ target }) => set('by', target.value)}
        />
        <SelectField
          label={t('filter.topic')}
          options={[{ value: '', label: t('filter.everything') }, ...topics]}
          value={filter.topic ?? ''}
          onChange={({ target }) => set('topic', target.value)}
        />
        <TextField
          type="date"
          label={t('filter.from')}
          value={filter.from ?? ''}
          onChange={({ target }) => set('from', dayIn(target.value) ?? '')}
        />
        <TextField
          type="date"
          label={t('filter.until')}
          value={filter.until ?? ''}
          error={isBackwards ? t('filter.backwards') : undefined}
          onChange={({ target }) => set('until', dayIn(target.value) ?? '')}
        />
      </div>
      {isOn && (
        <Button look="quiet" size="small" icon={<X />} onClick={() => onChange({})}>
          {t('filter.clear')}
        </Button>
      )}
    </div>
  );
}
