import type { KeptPreferences, Preferences } from '@deskbell/contract';
import i18next from 'i18next';
import { useEffect } from 'react';
import { ask, isProblem, type Problem } from './api.ts';
import { useStore } from './client.tsx';
import { type Language, languages, speak } from './i18n.ts';
import { applyLists } from './list-copies.ts';
import { areLettersOn, bindKeys, switchLetters } from './shortcuts.ts';
import { chooseTheme } from './theme.ts';

/** What the server said last, and what of it holds here. */
let told: KeptPreferences | null = null;
let followed: KeptPreferences | null = null;
/** Own changes on their way; what the server said before it had them would take them back. */
let underWay = 0;
let previous: Promise<unknown> = Promise.resolve();

/**
 * How one's desk is to be. The server keeps it for all devices and tells each; this browser keeps a copy of its
 * own, so that the first paint is right, and follows the server once it has spoken.
 */
export function usePreferences(): void {
  const kept = useStore((store) => store.entities.preferences.all()[0] ?? null);
  useEffect(() => {
    told = kept;
    follow();
  }, [kept]);
}

/** At once here, then on the server. What it said against it; null: it is kept. */
export async function keepPreference(change: Preferences): Promise<Problem | null> {
  apply(change);
  underWay += 1;
  // One after the other: of two at once the former could arrive last, and hold.
  const asked = previous.then(() => ask('PATCH', '/me/preferences', change));
  previous = asked.catch(() => undefined);
  const answer = await asked;
  underWay -= 1;
  // Out of reach, the choice holds here until the server says another one.
  if (isProblem(answer)) return answer;
  follow();
  return null;
}

function follow(): void {
  if (told === null || told === followed || underWay > 0) return;
  followed = told;
  // What the server has none of may be the copy of who was here before.
  apply({ lists: {}, shortcuts: {}, ...told.kept });
}

function apply({ theme, language, areLettersOn: areOn, shortcuts, lists }: Preferences): void {
  if (lists) applyLists(lists);
  if (theme) chooseTheme(theme);
  if (areOn !== undefined && areOn !== areLettersOn()) switchLetters(areOn);
  if (shortcuts) bindKeys(shortcuts);
  const spoken = i18next.language;
  // A language for trying the desk out is nobody's choice.
  if (language && language !== spoken && Object.hasOwn(languages, spoken))
    void speak(language as Language);
}
