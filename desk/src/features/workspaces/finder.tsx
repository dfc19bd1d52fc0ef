import { Check, Plus } from 'lucide-react';
import { useState } from 'react';
import { goInto } from '../../app/place.ts';
import { useSession } from '../../app/session-context.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Mark } from '../../ui/mark.tsx';
import { Palette, type PaletteItem } from '../../ui/palette.tsx';
import { type Findable, ranked } from '../command-bar/ranking.ts';
import { useWorkspaces } from './use-workspaces.ts';

interface FinderProps {
  onMake(): void;
  onClosed(): void;
}

interface Offered extends PaletteItem, Findable {
  run(): void;
}

/** All one's workspaces, found by their names; 1 to 9 go straight into one. */
export function WorkspaceFinder({ onMake, onClosed }: FinderProps) {
  const { t } = useTranslation(['workspaces', 'app']);
  const [isOpen, setOpen] = useState(true);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<Offered | null>(null);
  const { all, mayCreate } = useWorkspaces();
  const { workspace } = useSession();
  const isSearching = query.trim() !== '';
  const detailOf = ({ isHere, waiting }: { isHere: boolean; waiting: number }) => {
    if (isHere) return t('here');
    return waiting > 0 ? t('waiting', { count: waiting }) : undefined;
  };
  const offered = all.map(({ id, name, waiting = 0 }, index): Offered => {
    const isHere = id === workspace.id;
    return {
      id,
      label: name,
      words: [name],
      icon: isHere ? <Check /> : <Mark id={id} name={name} size="tiny" />,
      detail: detailOf({ isHere, waiting }),
      shortcut: index < 9 && !isSearching ? String(index + 1) : undefined,
      run: () => (isHere ? undefined : goInto(id)),
    };
  });
  const more: Offered[] = mayCreate
    ? [{ id: 'make', label: t('make'), words: [t('make')], icon: <Plus />, run: onMake }]
    : [];
  const pick = (item: Offered | undefined) => {
    if (!item) return;
    setChosen(item);
    setOpen(false);
  };
  return (
    <Palette<Offered>
      isOpen={isOpen}
      onClose={() => setOpen(false)}
      onClosed={() => {
        onClosed();
        chosen?.run();
      }}
      label={t('switch')}
      closeLabel={t('app:close')}
      placeholder={t('search')}
      query={query}
      onQuery={(next) => {
        if (query === '' && /^[1-9]$/.test(next)) return pick(offered[Number(next) - 1]);
        setQuery(next);
      }}
      groups={[
        { name: t('label'), items: ranked(offered, query, offered.length) },
        { name: t('make'), items: ranked(more, query, 1) },
      ].filter(({ items }) => items.length > 0)}
      onPick={pick}
      empty={<p>{t('nothing', { query: query.trim() })}</p>}
    />
  );
}
