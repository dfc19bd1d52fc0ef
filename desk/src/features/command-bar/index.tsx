import { useState } from 'react';
import { useTranslation } from '../../app/use-translation.ts';
import { Palette } from '../../ui/palette.tsx';
import type { Entry } from './entry.ts';
import { bestScore, ranked } from './ranking.ts';
import { useConversationEntries } from './use-conversation-entries.tsx';
import { useDeskEntries } from './use-desk-entries.tsx';
import { useSettingEntries } from './use-setting-entries.tsx';

const RECENT = 5;
const FOUND = 7;
const groups = ['here', 'conversations', 'go', 'settings', 'do'] as const;

/** One field for all of the desk: find a contact, go somewhere, do something. `onClosed`: it is gone. */
export function CommandBar({ onClosed }: { onClosed(): void }) {
  const { t } = useTranslation('commandBar');
  const [isOpen, setOpen] = useState(true);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<Entry | null>(null);
  const settings = useSettingEntries();
  const isSearching = query.trim() !== '';
  const entries = [
    ...useDeskEntries(),
    ...useConversationEntries(),
    // They are many, and without a word for them the way to the settings is enough.
    ...(isSearching ? settings : []),
  ];
  const shown = groups
    .map((group) => ({
      name: t(`groups.${group}`),
      items: ranked(
        entries.filter((entry) => entry.group === group),
        query,
        isSearching || group !== 'conversations' ? FOUND : RECENT,
      ),
    }))
    .filter(({ items }) => items.length > 0);
  const best = (group: (typeof shown)[number]) => bestScore(group.items, query);
  if (isSearching) shown.sort((one, other) => best(other) - best(one));
  return (
    <Palette
      isOpen={isOpen}
      onClose={() => setOpen(false)}
      onClosed={() => {
        onClosed();
        // Not before: what it does may want the focus.
        chosen?.run();
      }}
      label={t('title')}
      closeLabel={t('close', { ns: 'app' })}
      placeholder={t('placeholder')}
      query={query}
      onQuery={setQuery}
      groups={shown}
      onPick={(entry) => {
        setChosen(entry);
        setOpen(false);
      }}
      empty={
        <>
          <p>{t('nothing', { query: query.trim() })}</p>
          <p className="mt-1 text-faint text-sm">{t('nothingHint')}</p>
        </>
      }
    />
  );
}
