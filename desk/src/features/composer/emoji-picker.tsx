import { Popover } from '@base-ui/react/popover';
import { Smile } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/icon-button.tsx';
import { EmojiGrid } from './emoji-grid.tsx';

interface EmojiPickerProps {
  onPick(emoji: string): void;
  /** Where the focus goes when it closes. */
  field: React.RefObject<HTMLTextAreaElement | null>;
}

/** Opens beside its button; Escape closes it, Shift+Enter picks several. */
export function EmojiPicker({ onPick, field }: EmojiPickerProps) {
  const { t } = useTranslation('conversation');
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger
        render={<IconButton size="small" label={t('emoji.open')} icon={<Smile />} />}
      />
      <Popover.Portal>
        <Popover.Positioner
          side="top"
          align="start"
          sideOffset={8}
          collisionPadding={8}
          className="z-30"
        >
          <Popover.Popup
            aria-label={t('emoji.title')}
            finalFocus={field}
            className="w-80 max-w-[calc(100vw-1rem)] rounded-xl bg-raised shadow-raised outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            <EmojiGrid
              onPick={(emoji, goesOn) => {
                onPick(emoji);
                if (!goesOn) setOpen(false);
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
