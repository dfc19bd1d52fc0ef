import { Popover } from '@base-ui/react/popover';
import { useTranslation } from '../../app/use-translation.ts';
import { useFocusBack } from '../../ui/use-focus-back.ts';
import { EmojiGrid } from './emoji-grid.tsx';

interface EmojiPopupProps {
  anchor: HTMLElement;
  isOpen: boolean;
  onOpenChange(isOpen: boolean): void;
  onPick(emoji: string): void;
  field: React.RefObject<HTMLTextAreaElement | null>;
}

/** What an {@link EmojiPicker} opens; fetched after the first screen. */
export function EmojiPopup({ anchor, isOpen, onOpenChange, onPick, field }: EmojiPopupProps) {
  const { t } = useTranslation('conversation');
  const focusBack = useFocusBack(isOpen, () => field.current);
  return (
    <Popover.Root
      open={isOpen}
      onOpenChange={(isWanted, change) => {
        // The button itself closes it, at the end of the same press.
        if (comesFrom(anchor, change.event)) change.cancel();
        else onOpenChange(isWanted);
      }}
    >
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor}
          side="top"
          align="start"
          sideOffset={8}
          collisionPadding={8}
          className="z-30"
        >
          <Popover.Popup
            aria-label={t('emoji.title')}
            {...focusBack}
            className="w-80 max-w-[calc(100vw-1rem)] rounded-xl bg-raised shadow-raised outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            <EmojiGrid
              onPick={(emoji, goesOn) => {
                onPick(emoji);
                if (!goesOn) onOpenChange(false);
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** A press on it, or the focus that moves to it with the press. */
function comesFrom(anchor: HTMLElement, event: Event): boolean {
  const place = event instanceof FocusEvent ? event.relatedTarget : event.target;
  return place instanceof Node && anchor.contains(place);
}
