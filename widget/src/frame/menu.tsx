import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icons.tsx';
import { useChat, useStore } from './use-chat.ts';

interface MenuProps {
  onHistory(): void;
  onEnd(): void;
  isInChat: boolean;
}

export function Menu({ onHistory, onEnd, isInChat }: MenuProps) {
  const chat = useChat();
  const { words } = chat.language;
  const { view } = useStore(chat);
  const [isOpen, setIsOpen] = useState(false);
  const [isMute, setIsMute] = useState(chat.page.kept.has('mute'));
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const isRunning = view.conversation !== null && view.conversation.status !== 'closed';

  useLayoutEffect(() => {
    if (!isOpen) return;
    box.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
    const onPointer = ({ target }: Event) => {
      if (!box.current?.contains(target as Node)) setIsOpen(false);
    };
    document.addEventListener('pointerdown', onPointer);
    return () => document.removeEventListener('pointerdown', onPointer);
  }, [isOpen]);

  const shut = () => {
    setIsOpen(false);
    opener.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    const items = [...(box.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (isOpen && (event.key === 'Escape' || event.key === 'Tab')) {
      event.preventDefault();
      shut();
    } else if (isOpen && next !== undefined) {
      event.preventDefault();
      items.at(next % items.length)?.focus();
    }
  };
  const choose = (act: () => void) => () => {
    shut();
    act();
  };
  const toggleSound = () => {
    chat.page.keep('mute', isMute ? null : '1');
    setIsMute(!isMute);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the buttons within
    <div class="menu" ref={box} onKeyDown={onKey}>
      <button
        type="button"
        class="tool"
        ref={opener}
        aria-label={words.more}
        title={words.more}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Icon name="more" />
      </button>
      {isOpen && (
        <div class="menu-items" role="menu" aria-label={words.more}>
          {isInChat && (
            <button type="button" role="menuitem" tabIndex={-1} onClick={choose(onHistory)}>
              <Icon name="clock" />
              {words.history}
            </button>
          )}
          <button
            type="button"
            role="menuitemcheckbox"
            aria-checked={!isMute}
            tabIndex={-1}
            onClick={choose(toggleSound)}
          >
            <Icon name={isMute ? 'mute' : 'sound'} />
            {isMute ? words.soundOff : words.soundOn}
          </button>
          {isInChat && isRunning && (
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              class="danger"
              onClick={choose(onEnd)}
            >
              <Icon name="end" />
              {words.endChat}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
