import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

/**
 * Every shortcut of the desk, by group, with its keys: `g q` one after the other, `mod+k` together (⌘ on a Mac).
 * The sheet and the command bar show them in this order, the likeliest first; what each does is told where
 * {@link useShortcut} names it.
 */
export const shortcuts = {
  next: { keys: 'j', group: 'lists' },
  previous: { keys: 'k', group: 'lists' },
  open: { keys: 'enter', group: 'lists' },
  goToQueue: { keys: 'g q', group: 'lists' },
  goToMine: { keys: 'g m', group: 'lists' },
  goToOpen: { keys: 'g o', group: 'lists' },
  goToPending: { keys: 'g n', group: 'lists' },
  goToClosed: { keys: 'g c', group: 'lists' },
  search: { keys: '/', group: 'lists' },
  select: { keys: 'v', group: 'lists' },
  reply: { keys: 'r', group: 'conversation' },
  accept: { keys: 'a', group: 'conversation' },
  close: { keys: 'e', group: 'conversation' },
  markPending: { keys: 'p', group: 'conversation' },
  assign: { keys: 's', group: 'conversation' },
  label: { keys: 'l', group: 'conversation' },
  flag: { keys: 'f', group: 'conversation' },
  invite: { keys: 'i', group: 'conversation' },
  unassign: { keys: 'u', group: 'conversation' },
  leave: { keys: 'x', group: 'conversation' },
  details: { keys: 'd', group: 'conversation' },
  back: { keys: 'escape', group: 'conversation' },
  goOnline: { keys: 'o n', group: 'desk' },
  goAway: { keys: 'o a', group: 'desk' },
  goOffline: { keys: 'o f', group: 'desk' },
  goToBoard: { keys: 'g b', group: 'desk' },
  goToPeople: { keys: 'g p', group: 'desk' },
  goToInboxes: { keys: 'g i', group: 'desk' },
  goToSettings: { keys: 'g s', group: 'desk' },
  goToWorkspace: { keys: 'g w', group: 'desk' },
  foldLists: { keys: 'b', group: 'desk' },
  commandBar: { keys: 'mod+k', group: 'desk' },
  help: { keys: '?', group: 'desk' },
} as const satisfies Record<string, { keys: string; group: string }>;

export type Shortcut = keyof typeof shortcuts;

const PAUSE_MS = 1_200;
const SWITCH = 'deskbell.shortcuts';
const OWN_KEYS = 'deskbell.keys';

/** Keys by the name of the shortcut, where somebody wants others than usual. */
export type OwnKeys = Readonly<Record<string, string>>;
let ownKeys: OwnKeys = readOwnKeys();
const listeners = new Set<() => void>();

type Act = (event: KeyboardEvent) => void;
const acts = new Map<Shortcut, Act[]>();
let before: { key: string; at: number } | null = null;

/** Carries `act` out when the shortcut is pressed, for as long as it is shown; of several the last one shown. */
export function useShortcut(name: Shortcut, act: Act, isEnabled = true): void {
  const latest = useEffectEvent(act);
  useEffect(() => {
    if (!isEnabled) return;
    const own: Act = (event) => latest(event);
    acts.set(name, [...(acts.get(name) ?? []), own]);
    return () => {
      acts.set(
        name,
        (acts.get(name) ?? []).filter((each) => each !== own),
      );
    };
  }, [name, isEnabled]);
}

/** Those that would do something now. */
export function availableShortcuts(): Shortcut[] {
  return (Object.keys(shortcuts) as Shortcut[]).filter((name) => (acts.get(name)?.length ?? 0) > 0);
}

/** Does what the shortcut does, for whoever chose it by its name. */
export function runShortcut(name: Shortcut): void {
  acts.get(name)?.at(-1)?.(new KeyboardEvent('keydown'));
}

/** Listens for all of them; once in the app. */
export function useShortcutKeys(): void {
  useEffect(() => {
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const key = chordOf(event);
  if (isElsewhere(event, key)) return;
  const since = event.timeStamp - (before?.at ?? Number.NEGATIVE_INFINITY);
  const sequence = before && since < PAUSE_MS ? `${before.key} ${key}` : key;
  before = { key, at: event.timeStamp };
  const name = named(sequence) ?? named(key);
  const act = name && acts.get(name)?.at(-1);
  if (!act) return;
  before = null;
  event.preventDefault();
  act(event);
}

/** What one pressed, as `shortcuts` writes it. A letter's case is Shift's and Caps Lock's business. */
export function chordOf({
  key,
  metaKey,
  ctrlKey,
}: Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey'>): string {
  const name = key.length === 1 ? key.toLowerCase() : key.toLowerCase().replace(/^arrow/, '');
  return metaKey || ctrlKey ? `mod+${name}` : name;
}

function named(keys: string): Shortcut | undefined {
  return names.find((name) => keysIn(ownKeys, name) === keys);
}

const names = Object.keys(shortcuts) as Shortcut[];

/** The keys of a shortcut: one's own, else the usual ones. */
export const keysIn = (own: OwnKeys, name: Shortcut): string => own[name] ?? shortcuts[name].keys;

/** The keys in force, and again whenever they change. */
export function useOwnKeys(): OwnKeys {
  return useSyncExternalStore(listen, () => ownKeys);
}

/** The keys of a shortcut as they are in force. */
export function useKeysOf(): (name: Shortcut) => string {
  const own = useOwnKeys();
  return (name) => keysIn(own, name);
}

/** Another shortcut that these keys would take away, or that would never be reached behind them. */
export function conflictOf(own: OwnKeys, name: Shortcut, keys: string): Shortcut | undefined {
  const begins = (one: string, other: string) => `${other} `.startsWith(`${one} `);
  return names.find((other) => {
    const theirs = keysIn(own, other);
    return other !== name && (begins(keys, theirs) || begins(theirs, keys));
  });
}

/** From now on; kept in this browser, so that they hold from the first key on. */
export function bindKeys(own: OwnKeys): void {
  ownKeys = own;
  try {
    localStorage.setItem(OWN_KEYS, JSON.stringify(own));
  } catch {
    // Storage is denied: they come with the profile.
  }
  for (const listener of listeners) listener();
}

function readOwnKeys(): OwnKeys {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(OWN_KEYS) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as OwnKeys) : {};
  } catch {
    return {};
  }
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Letters belong to whoever is writing, and to an open menu or dialog; Enter to the button that has the focus. */
function isElsewhere({ target }: KeyboardEvent, key: string): boolean {
  const element = target instanceof HTMLElement ? target : null;
  if (element?.closest('[role="dialog"],[role="alertdialog"],[role="menu"],[role="listbox"]'))
    return true;
  if (key === 'enter')
    return Boolean(element?.closest('a,button,input,textarea,select,[role="separator"]'));
  if (key === 'escape' || key.startsWith('mod+')) return false;
  if (element?.isContentEditable || element?.closest('input,textarea,select')) return true;
  return !areLettersOn();
}

/** Single letters can be switched off (WCAG 2.1.4): who dictates would set them off by speaking. */
export function areLettersOn(): boolean {
  try {
    return localStorage.getItem(SWITCH) !== 'off';
  } catch {
    return true;
  }
}

export function switchLetters(isOn: boolean): void {
  try {
    localStorage.setItem(SWITCH, isOn ? 'on' : 'off');
  } catch {
    // Storage is denied, so they stay as they are.
  }
}
