import type { ConversationId } from '@deskbell/contract';
import { useCallback, useMemo, useState } from 'react';

/** Which conversations of a list something is about to be done to. */
export interface Selection {
  ids: ReadonlySet<ConversationId>;
  /** All that the list holds, loaded or not. */
  isAll: boolean;
  /** One in, or out. `toHere`: and all between it and the one before. */
  toggle(id: ConversationId, toHere?: boolean): void;
  selectAll(): void;
  clear(): void;
}

interface Chosen {
  ids: ReadonlySet<ConversationId>;
  isAll: boolean;
  anchor: ConversationId | null;
}

const none: Chosen = { ids: new Set(), isAll: false, anchor: null };

/** A selection is of one list as it is asked for: `place` names it, another one begins with nothing. */
export function useSelection(place: string, shown: readonly ConversationId[]): Selection {
  const [kept, setKept] = useState({ place, chosen: none });
  const chosen = kept.place === place ? kept.chosen : none;
  const set = useCallback((next: Chosen) => setKept({ place, chosen: next }), [place]);
  return useMemo(
    () => ({
      ids: chosen.ids,
      isAll: chosen.isAll,
      toggle: (id, toHere = false) =>
        set(toHere ? reached(chosen, id, shown) : toggled(chosen, id, shown)),
      selectAll: () => set({ ids: new Set(shown), isAll: true, anchor: null }),
      clear: () => set(none),
    }),
    [chosen, set, shown],
  );
}

/** Of all, one is taken out: what is left are those that are shown. */
export function toggled(
  chosen: Chosen,
  id: ConversationId,
  shown: readonly ConversationId[],
): Chosen {
  const ids = new Set(chosen.isAll ? shown : chosen.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, isAll: false, anchor: id };
}

export function reached(
  chosen: Chosen,
  id: ConversationId,
  shown: readonly ConversationId[],
): Chosen {
  const [from, to] = [shown.indexOf(chosen.anchor ?? id), shown.indexOf(id)];
  if (from < 0 || to < 0) return toggled(chosen, id, shown);
  const between = shown.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...chosen.ids, ...between]), isAll: false, anchor: chosen.anchor ?? id };
}
