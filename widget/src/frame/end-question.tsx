import { useLayoutEffect, useRef } from 'preact/hooks';
import { useChat } from './use-chat.ts';

/** Asks before the chat ends. */
export function EndQuestion({ onDone }: { onDone(): void }) {
  const chat = useChat();
  const { words } = chat.language;
  const keep = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => keep.current?.focus(), []);
  const end = () => {
    void chat.client.end();
    chat.page.tell({ t: 'hurry' });
    onDone();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onDone();
  };
  return (
    <div
      class="sheet"
      role="alertdialog"
      aria-labelledby="end-title"
      aria-describedby="end-text"
      onKeyDown={onKey}
    >
      <h2 id="end-title">{words.endQuestion}</h2>
      <p id="end-text">{words.endExplained}</p>
      <div class="sheet-actions">
        <button type="button" class="button" ref={keep} onClick={onDone}>
          {words.keep}
        </button>
        <button type="button" class="button danger" onClick={end}>
          {words.endChat}
        </button>
      </div>
    </div>
  );
}
