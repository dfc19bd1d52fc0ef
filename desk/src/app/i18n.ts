import i18next from 'i18next';
import { isolated } from './isolated.ts';
import type { en } from './texts/en.ts';

/** The languages of the desk, each with its own name for itself. */
export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;
/** For looking at the desk, and for tests: `localStorage['deskbell.language'] = 'mirrored'`. */
const TRIAL = 'mirrored';
type Spoken = Language | typeof TRIAL;

/** Each language is a file of its own, fetched when it is spoken. */
const texts: Record<Spoken, () => Promise<typeof en>> = {
  en: async () => (await import('./texts/en.ts')).en,
  de: async () => (await import('./texts/de.ts')).de,
  mirrored: async () => (await import('./texts/mirrored.ts')).mirrored,
};

const STORED = 'deskbell.language';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: typeof en;
    returnNull: false;
  }
}

/** Loads the language chosen on this device, else the browser's first that we speak, else English. */
export async function startTexts(): Promise<void> {
  const language = stored() ?? spoken(navigator.languages) ?? 'en';
  await i18next.init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'app',
    resources: { [language]: await texts[language]() },
    // React escapes; what is to be kept apart here is the direction of names.
    interpolation: { escapeValue: true, escape: isolated },
    returnNull: false,
  });
  markPage(language);
}

/** For screen readers, hyphenation, and the side from which everything begins. */
function markPage(language: Spoken): void {
  const { documentElement: page } = document;
  page.lang = language === TRIAL ? 'en' : language;
  page.dir = language === TRIAL ? 'rtl' : 'ltr';
}

export async function speak(language: Language): Promise<void> {
  const given = await texts[language]();
  for (const [namespace, keys] of Object.entries(given))
    i18next.addResourceBundle(language, namespace, keys);
  await i18next.changeLanguage(language);
  markPage(language);
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // Storage is denied: it holds until the page is closed.
  }
}

/** The first wanted language that the desk speaks: `de-AT` is `de`. */
export function spoken(wanted: readonly string[]): Language | undefined {
  return wanted.map((tag) => tag.split('-')[0]).find(isLanguage);
}

function isLanguage(tag: string | undefined | null): tag is Language {
  return tag != null && Object.hasOwn(languages, tag);
}

function stored(): Spoken | null {
  try {
    const language = localStorage.getItem(STORED);
    return isLanguage(language) || language === TRIAL ? language : null;
  } catch {
    return null;
  }
}
