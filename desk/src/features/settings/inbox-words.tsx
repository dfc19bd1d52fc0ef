import {
  textLimits,
  type WidgetLanguage,
  type WidgetText,
  widgetLanguages,
} from '@deskbell/contract';
import { useState } from 'react';
import { useLanguageName } from '../../app/use-language-name.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { TextField } from '../../ui/text-field.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { OptionCards } from './option-cards.tsx';
import type { InboxDraft } from './use-inbox-draft.ts';

const GREETING_LIMIT = 500;

/** What the widget says before anybody has written. */
export function InboxWords({ draft }: { draft: InboxDraft }) {
  const { t, i18n } = useTranslation('settings');
  const nameOf = useLanguageName();
  const [language, setLanguage] = useState<WidgetLanguage>(i18n.language === 'de' ? 'de' : 'en');
  const { inbox, change, isWrong } = draft;
  const texts = inbox.look.texts[language];
  const field = (text: WidgetText) => {
    const isLong = texts[text].length > textLimits[text];
    return {
      label: t(`words.${text as 'heading'}`),
      hint: t(`words.${text as 'heading'}Hint`),
      lang: language,
      value: texts[text],
      error: isLong
        ? t('words.tooLong', { count: texts[text].length - textLimits[text] })
        : isWrong(`look.texts.${language}.${text}`) && t('words.unstorable'),
      onChange: ({ target }: { target: { value: string } }) =>
        change({ look: { texts: { [language]: { [text]: target.value } } } }),
    };
  };
  return (
    <>
      <Textarea
        label={t('words.greeting')}
        hint={t('words.greetingHint')}
        value={inbox.greeting}
        error={
          inbox.greeting.length > GREETING_LIMIT
            ? t('words.tooLong', { count: inbox.greeting.length - GREETING_LIMIT })
            : isWrong('greeting') && t('words.unstorable')
        }
        onChange={(event) => change({ greeting: event.target.value })}
      />
      <OptionCards<WidgetLanguage>
        legend={t('words.language')}
        value={language}
        options={widgetLanguages.map((value) => ({ value, label: nameOf(value) }))}
        hint={t('words.languageHint')}
        onChange={setLanguage}
      />
      <TextField {...field('heading')} />
      <Textarea {...field('firstWords')} />
      <TextField {...field('offline')} />
    </>
  );
}
