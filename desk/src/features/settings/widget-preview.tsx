import {
  type Inbox,
  type Site,
  signOn,
  type WidgetLanguage,
  widgetLanguages,
} from '@deskbell/contract';
import { useEffect, useId, useRef, useState } from 'react';
import { useLanguageName } from '../../app/use-language-name.ts';
import { useTranslation } from '../../app/use-translation.ts';

const HOUR_MS = 3_600_000;

/** The widget itself on a page of nobody's, with what is being changed; nothing tried in it reaches anybody. */
export function WidgetPreview({ inbox, isOpenFirst }: { inbox: Inbox; isOpenFirst: boolean }) {
  const { t, i18n } = useTranslation('settings');
  const nameOf = useLanguageName();
  const id = useId();
  const frame = useRef<HTMLIFrameElement>(null);
  const [isReady, setReady] = useState(false);
  const [isOpen, setOpen] = useState(isOpenFirst);
  const [isOnline, setOnline] = useState(true);
  const [lang, setLang] = useState<WidgetLanguage>(i18n.language === 'de' ? 'de' : 'en');

  useEffect(() => {
    const hear = ({ source, origin, data }: MessageEvent) => {
      if (origin !== location.origin || source !== frame.current?.contentWindow) return;
      if (data === 'deskbell:preview') setReady(true);
      if (data === 'deskbell:opened') setOpen(true);
      if (data === 'deskbell:closed') setOpen(false);
    };
    addEventListener('message', hear);
    return () => removeEventListener('message', hear);
  }, []);
  useEffect(() => {
    if (!isReady) return;
    const draft = { site: siteOf(inbox, isOnline), lang, isOpen };
    frame.current?.contentWindow?.postMessage(draft, location.origin);
  }, [isReady, inbox, isOnline, lang, isOpen]);

  return (
    <section aria-labelledby={id} className="flex flex-col gap-2 xl:sticky xl:top-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id={id} className="flex-1 font-medium text-sm">
          {t('preview.title')}
        </h2>
        <Choice
          label={t('preview.presence')}
          value={isOnline ? 'here' : 'away'}
          options={[
            { value: 'here', label: t('preview.here') },
            { value: 'away', label: t('preview.away') },
          ]}
          onChange={(value) => setOnline(value === 'here')}
        />
        <Choice
          label={t('preview.language')}
          value={lang}
          options={widgetLanguages.map((value) => ({ value, label: nameOf(value) }))}
          onChange={(value) => setLang(value as WidgetLanguage)}
        />
      </div>
      <iframe
        ref={frame}
        title={t('preview.title')}
        src={`/widget/preview.html?inbox=${inbox.key}`}
        className="h-150 w-full rounded-xl border border-line bg-sunken max-sm:h-130"
      />
      <p className="text-muted text-sm">{t('preview.hint')}</p>
    </section>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange(value: string): void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <fieldset className="flex rounded-md bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className="h-6 pointer-coarse:h-10 rounded px-2 text-muted text-sm hover:text-ink aria-pressed:bg-surface aria-pressed:font-medium aria-pressed:text-ink aria-pressed:shadow-raised"
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}

function siteOf({ name, color, greeting, look, preChat }: Inbox, isOnline: boolean): Site {
  return {
    name: name.trim() || '…',
    color,
    sign: signOn(color),
    greeting,
    look,
    preChat: preChat.isEnabled ? preChat : null,
    isOnline,
    usualAnswerMs: isOnline ? HOUR_MS : null,
  };
}
