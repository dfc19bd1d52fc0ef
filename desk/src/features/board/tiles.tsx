import type { Board } from '@deskbell/contract';
import { type ReactNode, useEffect, useState } from 'react';
import { useStore } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { classes } from '../../ui/classes.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { present, sumOf } from './load.ts';
import { stopwatch } from './stopwatch.ts';

/** The four numbers that say how things stand. `board` null: it is on its way. */
export function Tiles({ board }: { board: Board | null }) {
  const { t, i18n } = useTranslation('board');
  const agents = useStore((store) => store.entities.agents.all());
  const all = present(agents);
  const online = all.filter(({ availability }) => availability === 'online').length;
  const number = new Intl.NumberFormat(i18n.language);
  const isWaiting = board !== null && board.waiting > 0;
  const isAlone = isWaiting && online === 0;
  return (
    <section aria-label={t('numbers')}>
      <dl className="grid grid-cols-2 gap-[clamp(0.5rem,1cqw,1.25rem)] @4xl:grid-cols-4">
        <Tile label={t('waiting')} tone={isWaiting ? 'positive' : 'plain'}>
          {board && number.format(board.waiting)}
        </Tile>
        <Tile label={t('longest')} tone={isWaiting ? 'positive' : 'plain'}>
          {board && (board.waitingSince === null ? '–' : <Since at={board.waitingSince} />)}
        </Tile>
        <Tile label={t('inWork')} note={board && unansweredNote(sumOf(board, 'unanswered'))}>
          {board && number.format(sumOf(board, 'open'))}
        </Tile>
        <Tile
          label={t('online')}
          tone={isAlone ? 'notice' : 'plain'}
          note={isAlone ? t('nobodyOnline') : t('ofAll', { count: all.length })}
        >
          {number.format(online)}
        </Tile>
      </dl>
    </section>
  );

  function unansweredNote(count: number): string {
    return count === 0 ? t('allAnswered') : t('unanswered', { count });
  }
}

const tones = {
  plain: 'border-line bg-sunken',
  positive: 'border-positive-line bg-positive-soft text-positive-text',
  notice: 'border-notice-line bg-notice-soft text-notice-text',
};

interface TileProps {
  label: string;
  tone?: keyof typeof tones;
  note?: string | null;
  children: ReactNode;
}

function Tile({ label, tone = 'plain', note, children }: TileProps) {
  return (
    <div
      className={classes(
        'flex min-w-0 flex-col rounded-2xl border px-[clamp(0.875rem,1.6cqw,2rem)] py-[clamp(0.75rem,1.4cqw,1.75rem)] transition-colors',
        tones[tone],
      )}
    >
      <dt className="text-[clamp(0.875rem,1.25cqw,1.5rem)] leading-snug">{label}</dt>
      <dd className="flex flex-col">
        <span className="font-semibold text-[clamp(2.25rem,6.2cqw,7.5rem)] tabular-nums leading-[1.15] tracking-tight">
          {children ?? (
            <span className="flex h-[1.15em] items-center">
              <Skeleton className="h-[0.7em] w-[1.2em]" />
            </span>
          )}
        </span>
        <span className="min-h-[1.4em] text-[clamp(0.8125rem,1.05cqw,1.25rem)] leading-[1.4]">
          {note}
        </span>
      </dd>
    </div>
  );
}

/** How long since then, going on by the second. */
function Since({ at }: { at: number }) {
  const { i18n } = useTranslation();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const text = stopwatch(Math.max(0, now - at), i18n.language);
  return (
    <time
      dateTime={new Date(at).toISOString()}
      // Hours have to stand in the same tile.
      className={text.length > 5 ? 'text-[0.66em]' : ''}
    >
      {text}
    </time>
  );
}
