import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Emoji } from './emoji.ts';
import { loadEmojis } from './load-emojis.ts';

/** The emojis in the agent's language, once somebody wants them; null until they are here. */
export function useEmojis(isWanted: boolean): readonly Emoji[] | null {
  const { i18n } = useTranslation();
  const [emojis, setEmojis] = useState<readonly Emoji[] | null>(null);
  useEffect(() => {
    if (!isWanted) return;
    let isCurrent = true;
    void loadEmojis(i18n.language).then(
      (loaded) => isCurrent && setEmojis(loaded),
      () => isCurrent && setEmojis([]),
    );
    return () => {
      isCurrent = false;
    };
  }, [isWanted, i18n.language]);
  return emojis;
}
