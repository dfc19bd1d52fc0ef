import type { ReactNode } from 'react';
import { LanguageContext, useSpokenLanguage } from './use-translation.ts';

/** Around the app: where another language is chosen, all of it speaks that. */
export function Spoken({ children }: { children: ReactNode }) {
  return <LanguageContext value={useSpokenLanguage()}>{children}</LanguageContext>;
}
