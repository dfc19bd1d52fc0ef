import { duration } from '../ui/relative-time.ts';
import type { en } from './texts/en.ts';
import { useTranslation } from './use-translation.ts';

type Known = keyof (typeof en)['app']['problems'];

/**
 * What a refusal says in the agent's language, by its code. Of a code that a later release added the
 * server's own words are shown; it is never silent.
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
    if (i18n.exists(`app:problems.${code}`)) return t(`problems.${code as Known}`);
    return detail || t('problems.failed');
  };
}
