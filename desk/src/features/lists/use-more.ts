import { useCallback, useEffect, useState } from 'react';
import { useClient, useConnection } from '../../app/client.tsx';
import type { ShownList } from './use-shown-list.ts';

/** Cards before the end at which the next page is asked for. */
const AHEAD = 12;
/** A search is asked for when no letter has followed for so long, in ms. */
const SETTLE_MS = 60;

interface More {
  /** The last page that was asked for could not be loaded. */
  isFailed: boolean;
  /** Loads what failed. */
  load(): void;
}

/** Loads the list's next page whenever its end comes near. */
export function useMore(shown: ShownList, lastIndex: number): More {
  const client = useClient();
  const isLive = useConnection().name === 'live';
  const [failed, setFailed] = useState<ShownList['query'] | null>(null);
  const [pages, setPages] = useState(0);
  const { query, hasMore, isLoaded } = shown;
  const load = useCallback(() => {
    setFailed(null);
    void client.loadMore(query).then((refusal) => {
      if (refusal !== null) setFailed(query);
      setPages((count) => count + 1);
    });
  }, [client, query]);
  const isFailed = failed === query;
  const isNear = !isLoaded || lastIndex >= shown.ids.length - AHEAD;
  const isWanted = isNear && hasMore && isLive && !isFailed;
  const isTyping = !isLoaded && query.search !== '';
  // The end may still be near with that page there, so each one asks again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (!isWanted) return;
    const timer = setTimeout(load, isTyping ? SETTLE_MS : 0);
    return () => clearTimeout(timer);
  }, [isWanted, load, pages, isTyping]);
  return { isFailed: isFailed && hasMore, load };
}
