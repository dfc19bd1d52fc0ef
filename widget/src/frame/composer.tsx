import type { MESSAGE_LIMIT } from '@deskbell/contract';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { EmojiPicker } from './emoji-picker.tsx';
import { hasKeyboard } from './focus.ts';
import { Icon } from './icons.tsx';
import { forgetAnswers, openingFor } from './pre-chat.tsx';
import { useChat, useStore } from './use-chat.ts';

/** As the contract has it; the module itself would bring all its schemas along. */
const LIMIT: typeof MESSAGE_LIMIT = 16_000;
/** From here on the rest is counted. */
const COUNTED = LIMIT - 1_000;
const DRAFT_MS = 300;

export function Composer() {
  const chat = useChat();
  const { client, language, page, times } = chat;
  const { words } = language;
  const { view, site } = useStore(chat);
  const [text, setText] = useState(page.kept.get('draft') ?? '');
  const [isPicking, setIsPicking] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const picker = useRef<HTMLButtonElement>(null);
  const over = text.length - LIMIT;
  const canSend = /\S/.test(text) && over <= 0;
  const isReady = !!site && client.state.name !== 'stopped';

  useEffect(() => {
    // Here at once, since this field comes and goes; in the page's storage after a pause.
    if (text) page.kept.set('draft', text);
    else page.kept.delete('draft');
    const timer = setTimeout(() => page.keep('draft', page.kept.get('draft') ?? null), DRAFT_MS);
    return () => clearTimeout(timer);
  }, [page, text]);
  useEffect(() => () => page.keep('draft', page.kept.get('draft') ?? null), [page]);
  useEffect(() => {
    // Only who opened the chat by hand is led here: a page that comes with an open chat keeps its focus.
    const lead = () => {
      if (isReady && page.isOpen && page.isAsked && hasKeyboard()) field.current?.focus();
    };
    lead();
    return page.listen(({ t }) => {
      if (t === 'open') lead();
    });
  }, [page, isReady]);
  useLayoutEffect(() => fitToText(field.current));
  useEffect(() => {
    // Hidden, it has no height; and another width breaks its lines elsewhere.
    const observer = new ResizeObserver(() => fitToText(field.current));
    if (form.current) observer.observe(form.current);
    return () => observer.disconnect();
  }, []);

  const write = (next: string) => {
    setText(next);
    client.setTyping(next !== '');
  };
  const send = () => {
    if (!canSend || !isReady) return;
    const isRunning = view.conversation && view.conversation.status !== 'closed';
    void client.sendMessage(text.trim(), isRunning ? undefined : openingFor(chat)).then((sent) => {
      // Refused, they are asked for again, and what was written stands in its field.
      const isUnanswered = 'code' in sent && sent.code === 'answers-needed';
      if (!('code' in sent) || isUnanswered) forgetAnswers(chat);
      if (!isUnanswered) return;
      page.keep('draft', text);
      for (const item of client.outbox.inLane('')) client.outbox.drop(item.clientId);
    });
    page.tell({ t: 'hurry' });
    page.keep('draft', null);
    setText('');
    setIsPicking(false);
    field.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    // While an input method composes, Enter chooses a word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  const insert = useCallback((emoji: string) => {
    const area = field.current;
    if (!area) return;
    area.setRangeText(emoji, area.selectionStart, area.selectionEnd, 'end');
    setText(area.value);
  }, []);
  const shutPicker = useCallback(() => {
    setIsPicking(false);
    field.current?.focus();
  }, []);

  return (
    <div class="composer">
      {isPicking && <EmojiPicker onPick={insert} onShut={shutPicker} opener={picker} />}
      <form
        class="field"
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <textarea
          ref={field}
          rows={1}
          value={text}
          aria-label={words.message}
          aria-invalid={over > 0}
          aria-describedby="count"
          placeholder={
            view.conversation?.status === 'closed' ? words.placeholderEnded : words.placeholder
          }
          disabled={!isReady}
          enterkeyhint="send"
          onInput={({ currentTarget }) => write(currentTarget.value)}
          onKeyDown={onKey}
          onBlur={() => client.setTyping(false)}
        />
        <div class="field-tools">
          <button
            type="button"
            class="tool"
            ref={picker}
            aria-label={words.emoji}
            title={words.emoji}
            aria-expanded={isPicking}
            disabled={!isReady}
            onClick={() => setIsPicking(!isPicking)}
          >
            <Icon name="smile" />
          </button>
          <span id="count" role="status" class={over > 0 ? 'count over' : 'count'}>
            {countText()}
          </span>
          <button
            type="submit"
            class="send"
            aria-label={words.send}
            title={words.send}
            disabled={!canSend || !isReady}
          >
            <Icon name="send" />
          </button>
        </div>
      </form>
    </div>
  );

  function countText(): string {
    if (text.length < COUNTED) return '';
    return over > 0 ? words.tooLong(times.number(over)) : words.left(times.number(-over));
  }
}

/** As high as its lines, up to what the style allows. */
function fitToText(area: HTMLTextAreaElement | null): void {
  if (!area) return;
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight}px`;
}
