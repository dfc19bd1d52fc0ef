import { useTranslation } from '../../app/use-translation.ts';
import { classes } from '../../ui/classes.ts';
import type { Emoji } from './emoji.ts';
import type { Completion } from './use-completion.ts';

interface CompletionListProps {
  id: string;
  completion: Completion;
  onPick(emoji: Emoji): void;
}

/** What is offered while a name is typed, above the field. */
export function CompletionList({ id, completion, onPick }: CompletionListProps) {
  const { t } = useTranslation('conversation');
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t('emoji.title')}
      tabIndex={-1}
      className="absolute bottom-full start-2 z-10 mb-1 w-64 rounded-lg bg-raised p-1 shadow-raised"
    >
      {completion.matches.map((emoji, index) => (
        <div
          key={emoji.unicode}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === completion.active}
          // Before the field would lose the focus.
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(emoji);
          }}
          onPointerMove={() => completion.setActive(index)}
          className={classes(
            'flex h-8 pointer-coarse:h-11 items-center gap-2.5 rounded-md px-2',
            index === completion.active && 'bg-hover',
          )}
        >
          <span className="font-emoji text-lg">{emoji.unicode}</span>
          <span className="truncate">{emoji.names[0] ? `:${emoji.names[0]}:` : emoji.label}</span>
        </div>
      ))}
    </div>
  );
}
