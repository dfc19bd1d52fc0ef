import type { NoteEntry } from '@deskbell/contract';
import { StickyNote } from 'lucide-react';
import { memo } from 'react';
import { useStore } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { exactTime, timeOfDay } from '../../ui/relative-time.ts';
import { useAgentName } from '../contact-panel/use-names.ts';
import { MessageText } from './message-text.tsx';

/** A word among agents, yellow so that nobody takes it for something the contact reads. */
export const Note = memo(function Note({ entry }: { entry: NoteEntry }) {
  const { t, i18n } = useTranslation('conversation');
  const { author, at } = entry;
  const authorId = author.kind === 'agent' ? author.id : null;
  const name = useAgentName(authorId);
  const isMine = useStore((store) => store.me?.id === authorId);
  return (
    <article className="mx-auto flex max-w-200 justify-end px-4 py-1.5">
      <div className="min-w-0 max-w-[min(85%,36rem)] rounded-xl border border-notice-line bg-notice-soft px-3 py-1.5 text-ink">
        <h3 className="flex items-center gap-1.5 font-medium text-notice-text text-xs">
          <StickyNote aria-hidden="true" className="size-3.5 shrink-0" />
          <span className="truncate">{isMine ? t('note.mine') : t('note.by', { name })}</span>
        </h3>
        <div className="flex flex-wrap items-end justify-end gap-x-2">
          <div className="wrap-anywhere min-w-0 grow">
            <MessageText text={entry.text} />
          </div>
          <time
            dateTime={new Date(at).toISOString()}
            title={exactTime(at, i18n.language)}
            className="shrink-0 text-2xs text-muted tabular-nums"
          >
            {timeOfDay(at, i18n.language)}
          </time>
        </div>
      </div>
    </article>
  );
});
