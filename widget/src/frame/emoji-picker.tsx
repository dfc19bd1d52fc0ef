import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { emojis } from './emoji.ts';
import { useChat } from './use-chat.ts';

const COLUMNS = 8;

interface EmojiPickerProps {
  onPick(emoji: string): void;
  onShut(): void;
  opener: { current: HTMLElement | null };
}

/** A grid to walk with the arrow keys; Escape leads back to the text. */
export function EmojiPicker({ onPick, onShut, opener }: EmojiPickerProps) {
  const { words } = useChat().language;
  const grid = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    (grid.current?.firstElementChild as HTMLElement | null)?.focus();
  }, []);
  useEffect(() => {
    const onPointer = ({ target }: Event) => {
      const isOurs = [grid.current, opener.current].some((each) => each?.contains(target as Node));
      if (!isOurs) onShut();
    };
    document.addEventListener('pointerdown', onPointer);
    return () => document.removeEventListener('pointerdown', onPointer);
  }, [onShut, opener]);

  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      return onShut();
    }
    const buttons = [...(grid.current?.children ?? [])] as HTMLElement[];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    const isMirrored = document.documentElement.dir === 'rtl' ? -1 : 1;
    const step = {
      ArrowRight: isMirrored,
      ArrowLeft: -isMirrored,
      ArrowDown: COLUMNS,
      ArrowUp: -COLUMNS,
      Home: -at,
      End: buttons.length - 1 - at,
    }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    buttons[at + step]?.focus();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div class="emojis" role="group" aria-label={words.emoji} ref={grid} onKeyDown={onKey}>
      {emojis.map((emoji, i) => (
        <button type="button" key={emoji} tabIndex={i === 0 ? 0 : -1} onClick={() => onPick(emoji)}>
          {emoji}
        </button>
      ))}
    </div>
  );
}
