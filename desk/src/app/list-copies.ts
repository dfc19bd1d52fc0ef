import type { KeptList, List } from '@deskbell/contract';
import { useSyncExternalStore } from 'react';

type KeptLists = Partial<Record<List, KeptList>>;

/** This browser's copy, so that the first list it shows is the right one. */
const KEY = 'deskbell.lists';
const none: KeptList = {};
const listeners = new Set<() => void>();
let lists: KeptLists = readCopy();

/** As it is kept here. */
export function useListCopy(list: List): KeptList {
  return useSyncExternalStore(subscribe, () => lists[list] ?? none);
}

/** All of them, with one changed. */
export const listsWith = (list: List, change: KeptList): KeptLists => ({
  ...lists,
  [list]: change,
});

/** As the server says that they are. */
export function applyLists(next: KeptLists): void {
  if (JSON.stringify(next) === JSON.stringify(lists)) return;
  lists = next;
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Storage is denied: it holds until the page is closed.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function readCopy(): KeptLists {
  try {
    const copy: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof copy === 'object' && copy !== null ? copy : {};
  } catch {
    return {};
  }
}
