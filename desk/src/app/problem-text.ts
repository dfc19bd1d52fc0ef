import { useTranslation } from 'react-i18next';
import { duration } from '../ui/relative-time.ts';
import type { en } from './texts/en.ts';

type Known = keyof (typeof en)['app']['problems'];

/**
 * What a refusal says in the agent's language, by its code. Of a code that a later release added the
 * server's own words are shown.
 */
export function useProblemText(): (problem: {
  code: string;
  detail: string;
  retryAfterMs?: number;
}) => string {
  const { t, i18n } = useTranslation();
  return ({ code, detail, retryAfterMs = 0 }) => {
    if (code === 'too-many' && retryAfterMs > 1_000)
      return t('problems.too-many-until', { wait: duration(retryAfterMs, i18n.language) });
    return i18n.exists(`app:problems.${code}`) ? t(`problems.${code as Known}`) : detail;
  };
}
