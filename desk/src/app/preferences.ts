import type { Preferences } from '@deskbell/contract';
import i18next from 'i18next';
import { useEffect } from 'react';
import { ask, isProblem, type Problem } from './api.ts';
import { type Language, languages, speak } from './i18n.ts';
import { applyLists } from './list-copies.ts';
import { areLettersOn, bindKeys, switchLetters } from './shortcuts.ts';
import { chooseTheme } from './theme.ts';

/**
 * How one's desk is to be. The server keeps it for all devices; this browser keeps a copy of its own, so
 * that the first paint is right, and follows the server once it has been asked.
 */
export function usePreferences(): void {
  useEffect(() => {
    void ask<{ preferences: Preferences }>('GET', '/me/profile').then((answer) => {
      // Out of reach: the copy holds. What the server has none of may be the copy of who was here before.
      if (!isProblem(answer)) apply({ lists: {}, shortcuts: {}, ...answer.preferences });
    });
  }, []);
}

/** At once here, then on the server. What it said against it; null: it is kept. */
export async function keepPreference(change: Preferences): Promise<Problem | null> {
  apply(change);
  const answer = await ask('PATCH', '/me/preferences', change);
  return isProblem(answer) ? answer : null;
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
