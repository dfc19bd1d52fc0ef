import { useTranslation } from './use-translation.ts';

/** How languages are called in the language of the desk; where the browser doesn't know one, its tag. */
export function useLanguageName(): (tag: string) => string {
  const { i18n } = useTranslation('app');
  const spoken = i18n.language === 'de' ? 'de' : 'en';
  const names = new Intl.DisplayNames(spoken, { type: 'language', languageDisplay: 'standard' });
  return (tag) => {
    const name = names.of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(spoken) + name.slice(1);
  };
}
