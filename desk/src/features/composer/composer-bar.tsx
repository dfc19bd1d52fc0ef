import { Bold, Code, Italic, SendHorizontal } from 'lucide-react';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { EmojiPicker } from './emoji-picker.tsx';
import type { Format } from './formatting.ts';

interface ComposerBarProps {
  field: React.RefObject<HTMLTextAreaElement | null>;
  canSend: boolean;
  onEmoji(emoji: string): void;
  onFormat(format: Format): void;
  onSend(): void;
}

const formats = [
  { format: 'bold', icon: <Bold />, shortcut: 'mod+b' },
  { format: 'italic', icon: <Italic />, shortcut: 'mod+i' },
  { format: 'code', icon: <Code />, shortcut: 'mod+e' },
] as const;

/** The icons under the field, and the way to send for who uses no keyboard. */
export function ComposerBar({ field, canSend, onEmoji, onFormat, onSend }: ComposerBarProps) {
  const { t } = useTranslation('conversation');
  return (
    <div className="flex items-center gap-0.5 px-2 pb-2">
      <EmojiPicker onPick={onEmoji} field={field} />
      {formats.map(({ format, icon, shortcut }) => (
        <IconButton
          key={format}
          size="small"
          label={t(`composer.formats.${format}`)}
          shortcut={shortcut}
          icon={icon}
          // The selection in the field must stay.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onFormat(format)}
        />
      ))}
      <span className="flex-1" />
      <span
        aria-hidden="true"
        className="me-2 truncate text-faint text-xs max-md:hidden pointer-coarse:hidden"
      >
        {t('composer.keys')}
      </span>
      <Button
        size="small"
        look="primary"
        icon={<SendHorizontal aria-hidden="true" />}
        disabled={!canSend}
        onClick={onSend}
      >
        {t('composer.send')}
      </Button>
    </div>
  );
}
