import type { ConversationId } from '@deskbell/contract';
import { memo } from 'react';
import { useTranslation } from '../../app/use-translation.ts';
import { classes } from '../../ui/classes.ts';

interface SelectBoxProps {
  id: ConversationId;
  /** How the contact is called. */
  name: string;
  isOn: boolean;
  /** Whether or not the pointer is over it: something is selected. */
  isShown: boolean;
  /** The card that Tab leads to. */
  isActive: boolean;
  onToggle(id: ConversationId, toHere: boolean): void;
}

/** Over the contact's picture: shown under the pointer, with the focus, and as long as anything is selected; else it is nowhere. */
export const SelectBox = memo(function SelectBox({
  id,
  name,
  isOn,
  isShown,
  isActive,
  onToggle,
}: SelectBoxProps) {
  const { t } = useTranslation('lists');
  return (
    <label
      className={classes(
        'absolute start-2.5 top-2.5 grid size-8 cursor-pointer place-items-center rounded-full bg-raised shadow-[inset_0_0_0_1px_var(--color-line)] transition-opacity starting:opacity-0',
        'hover:opacity-100 focus-within:opacity-100 group-hover/row:opacity-100 max-md:group-hover/row:opacity-0',
        isShown ? 'opacity-100! max-md:opacity-100!' : 'opacity-0 max-md:pointer-events-none',
      )}
    >
      <input
        type="checkbox"
        aria-label={t('bulk.select', { name })}
        checked={isOn}
        tabIndex={isActive ? 0 : -1}
        onChange={({ nativeEvent }) =>
          onToggle(id, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
        }
        className="size-4 accent-accent"
      />
    </label>
  );
});
