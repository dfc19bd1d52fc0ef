import type { List, Sort } from '@deskbell/contract';
import { sortsOf, usualSort } from '@deskbell/contract/views/lists';
import { ArrowDownWideNarrow } from 'lucide-react';
import { useTranslation } from '../../app/use-translation.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuChoice } from '../../ui/menu.tsx';

interface SortMenuProps {
  list: List;
  sort: Sort;
  onChange(sort: Sort): void;
}

/** The orders of a list. The one that was chosen against the usual shows on the button. */
export function SortMenu({ list, sort, onChange }: SortMenuProps) {
  const { t } = useTranslation('lists');
  return (
    <Menu
      align="end"
      trigger={
        <IconButton
          label={t('sort.button', { sort: t(`sort.${sort}`) })}
          icon={<ArrowDownWideNarrow aria-hidden="true" />}
          tooltipSide="bottom"
          className={sort === usualSort(list) ? undefined : 'text-accent-text!'}
        />
      }
    >
      <MenuChoice
        label={t('sort.label')}
        value={sort}
        onChange={onChange}
        options={sortsOf(list).map((value) => ({ value, label: t(`sort.${value}`) }))}
      />
    </Menu>
  );
}
