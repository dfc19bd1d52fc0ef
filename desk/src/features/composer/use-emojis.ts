import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from '../../app/use-translation.ts';
import type { Emoji } from './emoji.ts';
import { loadEmojis } from './load-emojis.ts';

export interface Emojis {
  /** null until they are here. */
  all: readonly Emoji[] | null;
  hasFailed: boolean;
  retry(): void;
}

/** The emojis in the agent's language, once somebody wants them. */
export function useEmojis(isWanted: boolean): Emojis {
  const { i18n } = useTranslation();
  const [all, setAll] = useState<readonly Emoji[] | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try asks again
  useEffect(() => {
    if (!isWanted) return;
    let isCurrent = true;
    setFailed(false);
    void loadEmojis(i18n.language).then(
      (loaded) => isCurrent && setAll(loaded),
      () => isCurrent && setFailed(true),
    );
    return () => {
      isCurrent = false;
    };
  }, [isWanted, i18n.language, tries]);
  return { all, hasFailed, retry: useCallback(() => setTries((count) => count + 1), []) };
}
