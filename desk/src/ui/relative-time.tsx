import { useNow } from './clock.ts';
import { exactTime, relativeTime } from './relative-time.ts';

export interface RelativeTimeProps {
  /** In ms since 1970. */
  at: number;
  language: string;
  /** What the last minute is called. */
  nowLabel: string;
  className?: string;
}

/** How long ago, going on by itself; exact on hover. */
export function RelativeTime({ at, language, nowLabel, className }: RelativeTimeProps) {
  const now = useNow();
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={exactTime(at, language)}
      className={className}
    >
      {relativeTime(at, now, language) ?? nowLabel}
    </time>
  );
}
