import type { Inbox, InboxId } from '@deskbell/contract';
import { useEffect } from 'react';
import { useStore } from '../../app/client.tsx';
import { isBoolean, useKept } from '../../app/kept.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { classes } from '../../ui/classes.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { shortNumber } from './list-tabs.tsx';

interface InboxFilterProps {
  inboxId: InboxId | null;
  onChange(inboxId: InboxId | null): void;
}

/** The inboxes with how many wait for an answer in each; a press shows one alone, a second press all again. */
export function InboxFilter({ inboxId, onChange }: InboxFilterProps) {
  const { t } = useTranslation('lists');
  const inboxes = useStore((store) => store.entities.inboxes.all());
  const isLoaded = useStore((store) => store.me !== null);
  const areSeveral = inboxes.length > 1;
  const [wereSeveral, keep] = useKept('severalInboxes', false, isBoolean);
  useEffect(() => {
    if (isLoaded && areSeveral !== wereSeveral) keep(areSeveral);
  }, [isLoaded, areSeveral, wereSeveral, keep]);
  // Their place is kept, so that the cards need not move when they come.
  if (!isLoaded && wereSeveral) return <ComingChips />;
  if (!areSeveral) return null;
  return (
    <fieldset className={rowClasses}>
      <legend className="sr-only">{t('inboxes.label')}</legend>
      <Chip isPressed={inboxId === null} onPress={() => onChange(null)}>
        {t('inboxes.all')}
      </Chip>
      {inboxes.map((inbox) => (
        <InboxChip
          key={inbox.id}
          inbox={inbox}
          isPressed={inbox.id === inboxId}
          onPress={() => onChange(inbox.id === inboxId ? null : inbox.id)}
        />
      ))}
    </fieldset>
  );
}

const rowClasses = 'faded-row flex min-w-0 gap-1 overflow-x-auto px-3 pb-2 [scrollbar-width:none]';

const ComingChips = () => (
  <div className={rowClasses}>
    <Skeleton className="h-6 w-9 rounded-full! pointer-coarse:h-10" />
    <Skeleton className="h-6 w-28 rounded-full! pointer-coarse:h-10" />
    <Skeleton className="h-6 w-28 rounded-full! pointer-coarse:h-10" />
  </div>
);

interface InboxChipProps {
  inbox: Inbox;
  isPressed: boolean;
  onPress(): void;
}

function InboxChip({ inbox, isPressed, onPress }: InboxChipProps) {
  const { t, i18n } = useTranslation('lists');
  const count = useStore((store) => store.counts?.inboxes[inbox.id] ?? 0);
  return (
    <Chip isPressed={isPressed} onPress={onPress}>
      <InboxDot color={inbox.color} />
      <span className="max-w-32 truncate">{inbox.name}</span>
      {count > 0 && (
        <span aria-hidden="true" className="text-faint tabular-nums">
          {shortNumber(count, i18n.language)}
        </span>
      )}
      <span className="sr-only">{t('inboxes.waiting', { count })}</span>
    </Chip>
  );
}

interface ChipProps {
  isPressed: boolean;
  onPress(): void;
  children: React.ReactNode;
}

function Chip({ isPressed, onPress, children }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={isPressed}
      onClick={onPress}
      className={classes(
        'inline-flex h-6 pointer-coarse:h-10 pointer-coarse:min-w-10 justify-center shrink-0 items-center gap-1.5 rounded-full border px-2.5 text-xs transition-colors -outline-offset-2',
        isPressed
          ? 'border-accent-line bg-accent-soft font-medium text-accent-text'
          : 'border-line text-muted hover:border-line-strong hover:text-ink',
      )}
    >
      {children}
    </button>
  );
}

interface InboxDotProps {
  color: string;
  /** For screen readers, where the dot is all that says what its word is. */
  name?: string;
  className?: string;
}

/** An inbox's own colour. */
export function InboxDot({ color, name, className }: InboxDotProps) {
  return (
    <span
      {...(name ? { role: 'img', 'aria-label': name } : { 'aria-hidden': true })}
      className={classes('size-2 shrink-0 rounded-full', className)}
      style={{ backgroundColor: color, forcedColorAdjust: 'none' }}
    />
  );
}
