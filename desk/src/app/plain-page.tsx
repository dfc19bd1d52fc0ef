import type { ReactNode } from 'react';
import { useFirstScreen } from '../ui/fetched-later.tsx';
import { BellMark } from './bell-mark.tsx';
import { type Language, languages, speak } from './i18n.ts';
import { useTranslation } from './use-translation.ts';

export interface PlainPageProps {
  title: ReactNode;
  text?: ReactNode;
  children: ReactNode;
  /** Stands beside the form where there is room. Decoration: nothing in it is needed. */
  beside?: ReactNode;
}

/** A page for who isn't signed in: one thing to do, in the middle. */
export function PlainPage({ title, text, children, beside }: PlainPageProps) {
  useFirstScreen();
  return (
    <div className="safe-page flex min-h-dvh bg-surface">
      <div className="flex min-w-0 flex-1 flex-col">
        <main className="m-auto w-full max-w-100 px-5 py-10 sm:px-6">
          <BellMark className="mb-6 size-10" />
          <h1 className="wrap-anywhere line-clamp-3 text-balance font-semibold text-2xl tracking-tight">
            {title}
          </h1>
          {text && <p className="wrap-anywhere mt-1.5 text-pretty text-muted">{text}</p>}
          <div className="mt-7">{children}</div>
        </main>
        <footer className="flex justify-center gap-1 px-5 pb-5">
          <LanguageChoice />
        </footer>
      </div>
      {beside}
    </div>
  );
}

function LanguageChoice() {
  const { t, i18n } = useTranslation();
  return (
    <fieldset className="flex gap-1">
      <legend className="sr-only">{t('language')}</legend>
      {(Object.entries(languages) as [Language, string][]).map(([language, name]) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={i18n.language === language}
          onClick={() => void speak(language)}
          className="h-7 pointer-coarse:h-10 rounded-md px-2 text-faint text-sm hover:bg-hover hover:text-ink aria-pressed:font-medium aria-pressed:text-ink"
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
