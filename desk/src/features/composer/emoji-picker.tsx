import { Smile } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../app/use-translation.ts';
import { fetchedLater } from '../../ui/fetched-later.tsx';
import { IconButton } from '../../ui/icon-button.tsx';

const EmojiPopup = fetchedLater(async () => (await import('./emoji-popup.tsx')).EmojiPopup);

interface EmojiPickerProps {
  onPick(emoji: string): void;
  /** Where the focus goes when it closes. */
  field: React.RefObject<HTMLTextAreaElement | null>;
}

/** Opens beside its button; Escape closes it, Shift+Enter picks several. */
export function EmojiPicker({ onPick, field }: EmojiPickerProps) {
  const { t } = useTranslation('conversation');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton
        size="small"
        label={t('emoji.open')}
        icon={<Smile />}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        data-popup-open={isOpen ? '' : undefined}
        onClick={({ currentTarget }) => {
          setAnchor(currentTarget);
          setOpen(!isOpen);
        }}
      />
      {anchor && <EmojiPopup {...{ anchor, isOpen, field, onPick }} onOpenChange={setOpen} />}
    </>
  );
}
