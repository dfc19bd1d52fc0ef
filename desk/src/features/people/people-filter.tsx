import type { Agent } from '@deskbell/contract';
import { useTranslation } from '../../app/use-translation.ts';
import { SearchField } from '../../ui/search-field.tsx';
import type { Group } from './order.ts';

interface PeopleFilterProps {
  agents: readonly Agent[];
  search: string;
  setSearch(search: string): void;
  group: Group;
  setGroup(group: Group): void;
}

/** Search by name or mail address, and the way to those who were deactivated. */
export function PeopleFilter({ agents, search, setSearch, group, setGroup }: PeopleFilterProps) {
  const { t } = useTranslation(['people', 'app']);
  const active = agents.filter(({ isActive }) => isActive).length;
  const counts = { active, deactivated: agents.length - active };
  if (agents.length < 2) return null;
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-56">
        <SearchField
          label={t('search')}
          clearLabel={t('app:clearSearch')}
          value={search}
          onChange={setSearch}
        />
      </div>
      <fieldset className="flex gap-1">
        <legend className="sr-only">{t('groups.name')}</legend>
        {(['active', 'deactivated'] as const).map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={group === each}
            onClick={() => setGroup(each)}
            className="h-8 pointer-coarse:h-11 rounded-md px-2.5 text-muted text-sm hover:bg-hover hover:text-ink aria-pressed:bg-selected aria-pressed:font-medium aria-pressed:text-accent-text"
          >
            {t(`groups.${each}`, { count: counts[each] })}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
