import type { List } from '@deskbell/contract';
import { useCallback, useEffect, useState } from 'react';
import { useClient, useConnection } from '../../app/client.tsx';
import type { ShownList } from './use-shown-ids.ts';

/** Cards before the end at which the next page is asked for. */
const AHEAD = 12;

/** So many conversations further back a search goes by itself, before it asks. */
const REACH = 1_000;

interface More {
  /** The last page that was asked for could not be loaded. */
  isFailed: boolean;
  /** A filter went far back without filling the screen; going on is the person's to say. */
  isPaused: boolean;
  /** Loads what failed, or goes on. */
  load(): void;
}

/** Loads the list's next page whenever its end comes near; with a filter on, until enough is found. */
export function useMore(list: List, shown: ShownList, lastIndex: number): More {
  const client = useClient();
  const isLive = useConnection().name === 'live';
  const [isFailed, setFailed] = useState(false);
  const [pages, setPages] = useState(0);
  const [reach, setReach] = useState(REACH);
  const load = useCallback(() => {
    setFailed(false);
    void client.loadMore(list).then((refusal) => {
      setFailed(refusal !== null);
      setPages((count) => count + 1);
    });
  }, [client, list]);
  const isNear = lastIndex >= shown.ids.length - AHEAD;
  const isFiltered = shown.ids.length < shown.loaded;
  const isPaused = isFiltered && shown.loaded >= reach && isNear && shown.hasMore;
  const isWanted = isNear && shown.hasMore && isLive && !isFailed && !isPaused;
  // The end may still be near with that page there, so each one asks again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (isWanted) load();
  }, [isWanted, load, pages]);
  return {
    isFailed: isFailed && shown.hasMore,
    isPaused,
    load() {
      setReach(shown.loaded + REACH);
      load();
    },
  };
}
