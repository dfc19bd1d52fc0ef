import i18next, { type DefaultNamespace, type Namespace, type TFunction } from 'i18next';
import { createContext, use, useSyncExternalStore } from 'react';

interface Translation<Names extends Namespace> {
  t: TFunction<Names>;
  i18n: typeof i18next;
}

/** The language spoken now: of a context, since a listener for each component is much where they are drawn by the hundred. */
export const LanguageContext = createContext<string | null>(null);

/** What the context is to hold. */
export function useSpokenLanguage(): string {
  return useSyncExternalStore(subscribe, () => i18next.language);
}

/** One for each language and choice of namespaces, so that it stays the same from drawing to drawing. */
const translations = new Map<string, Translation<Namespace>>();

/**
 * The texts of one namespace, or of several (the first is the usual one), in the language spoken now. i18next's
 * own binding copies its whole instance for each component that asks, which was a seventh of the work of
 * showing another conversation.
 */
export function useTranslation<const Names extends Namespace = DefaultNamespace>(
  names?: Names,
): Translation<Names> {
  const language = use(LanguageContext) ?? i18next.language;
  const key = `${language} ${names ?? ''}`;
  let translation = translations.get(key);
  if (!translation) {
    const t = remembering(i18next.getFixedT(language, names ?? null) as TFunction<Namespace>);
    translation = { t, i18n: i18next };
    translations.set(key, translation);
  }
  return translation as unknown as Translation<Names>;
}

/** What has no values put into it is looked up once: the whole of a language is there from its beginning. */
function remembering(t: TFunction<Namespace>): TFunction<Namespace> {
  const known = new Map<unknown, string>();
  return ((key: never, options?: never) => {
    if (options !== undefined) return t(key, options);
    let text = known.get(key);
    if (text === undefined) {
      text = t(key) as string;
      known.set(key, text);
    }
    return text;
  }) as TFunction<Namespace>;
}

function subscribe(act: () => void): () => void {
  i18next.on('languageChanged', act);
  return () => i18next.off('languageChanged', act);
}
