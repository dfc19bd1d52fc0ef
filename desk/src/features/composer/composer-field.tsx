import { type Conversation, MESSAGE_LIMIT } from '@deskbell/contract';
import { useEffect, useId, useRef } from 'react';
import { useClient, useStore } from '../../app/client.tsx';
import { useShortcut } from '../../app/shortcuts.ts';
import { useIsCutOff } from '../../app/use-is-cut-off.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { isTouch } from '../../ui/touch.ts';
import { useContactName } from '../contact-panel/use-names.ts';
import { useSwitch } from '../presence/index.ts';
import { CompletionList } from './completion-list.tsx';
import { ComposerBar } from './composer-bar.tsx';
import { ComposerNotes } from './composer-notes.tsx';
import type { Emoji } from './emoji.ts';
import { replacePart } from './field.ts';
import { type Format, toggled } from './formatting.ts';
import { restoreDraft, saveDraft } from './kept-drafts.ts';
import { OfflineOffer } from './offline-offer.tsx';
import { useCompletion } from './use-completion.ts';

interface ComposerFieldProps {
  conversation: Conversation;
  takesFocus: boolean;
}

const formatKeys: Record<string, Format> = { b: 'bold', i: 'italic', e: 'code' };

/** Writes a message. What stands in it is the draft itself, which the store keeps for all devices. */
export function ComposerField({ conversation, takesFocus }: ComposerFieldProps) {
  const { id: conversationId, contactId } = conversation;
  const { t } = useTranslation('conversation');
  const client = useClient();
  const text = useStore((store) => store.entities.drafts.get(conversationId)?.text ?? '');
  const isCutOff = useIsCutOff();
  const name = useContactName(contactId);
  const field = useRef<HTMLTextAreaElement>(null);
  const offer = useRef<HTMLButtonElement>(null);
  const isOffline = useSwitch().availability === 'offline';
  const listId = useId();
  const completion = useCompletion((emoji, word) => insert(emoji.unicode, word));
  const isOffering = completion.matches.length > 0;

  useEffect(() => restoreDraft(client, conversationId), [client, conversationId]);
  useEffect(() => {
    if (takesFocus) field.current?.focus();
  }, [takesFocus]);
  useShortcut('reply', () => field.current?.focus());

  const write = (next: string) => {
    saveDraft(client, conversationId, next);
    client.setTyping(conversationId, next.trim() !== '');
  };
  const send = () => {
    const message = text.trim();
    if (message === '') return;
    // A second Enter there goes online and sends.
    if (offer.current) return offer.current.focus();
    sendNow(message);
  };
  const sendNow = (message: string) => {
    // What becomes of it stands at the message itself.
    void client.send('message.send', { conversationId, text: message });
    saveDraft(client, conversationId, '');
    completion.close();
    field.current?.focus();
  };
  const insert = (unicode: string, word: { start: number } | null) => {
    const element = field.current;
    if (!element) return;
    const end = element.selectionEnd;
    replacePart(element, { start: word?.start ?? element.selectionStart, end }, unicode);
  };
  const pick = (emoji: Emoji) => {
    insert(`${emoji.unicode} `, completion.word);
    completion.close();
  };
  const format = (how: Format) => {
    const element = field.current;
    if (!element) return;
    const { value, selectionStart: start, selectionEnd: end } = element;
    const next = toggled({ text: value, start, end }, how);
    replacePart(element, { start: 0, end: value.length }, next.text);
    element.setSelectionRange(next.start, next.end);
  };

  const pressInList = (key: string): boolean => {
    const { active, matches, setActive } = completion;
    const chosen = matches[active];
    if (key === 'ArrowDown') setActive((active + 1) % matches.length);
    else if (key === 'ArrowUp') setActive((active + matches.length - 1) % matches.length);
    else if ((key === 'Enter' || key === 'Tab') && chosen) pick(chosen);
    else if (key === 'Escape') completion.close();
    else return false;
    return true;
  };
  const press = (event: React.KeyboardEvent) => {
    const { key, shiftKey, altKey } = event;
    const isCommand = event.ctrlKey || event.metaKey;
    const how = isCommand && !altKey && !shiftKey ? formatKeys[key.toLowerCase()] : undefined;
    if (event.nativeEvent.isComposing) return;
    if (isOffering && !isCommand && pressInList(key)) event.preventDefault();
    else if (how) format(how);
    // Where a finger writes, Enter breaks the line: there is a button to send, and no Shift.
    else if (key === 'Enter' && !altKey && (isCommand || (!shiftKey && !isTouch()))) send();
    else if (key === 'Escape') field.current?.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="mx-auto w-full max-w-200 px-4 pb-4 max-md:px-2 max-md:pb-2">
      <div className="relative rounded-xl border border-line-field bg-field transition-colors focus-within:border-accent-text focus-within:outline-1 focus-within:outline-accent-text">
        {isOffline && (
          <OfflineOffer
            button={offer}
            hasText={text.trim() !== ''}
            onOnline={() => {
              if (text.trim() === '') field.current?.focus();
              else sendNow(text.trim());
            }}
          />
        )}
        {isOffering && <CompletionList id={listId} completion={completion} onPick={pick} />}
        <textarea
          ref={field}
          rows={1}
          value={text}
          maxLength={MESSAGE_LIMIT}
          aria-label={t('composer.label', { name })}
          placeholder={t('composer.placeholder', { name })}
          aria-autocomplete="list"
          aria-controls={isOffering ? listId : undefined}
          aria-activedescendant={isOffering ? `${listId}-${completion.active}` : undefined}
          onChange={({ target }) => {
            write(target.value);
            completion.look(target.value, target.selectionEnd);
          }}
          onKeyDown={press}
          onBlur={completion.close}
          className="field-sizing-content block max-h-[40dvh] min-h-11 w-full resize-none bg-transparent max-md:text-lg px-3.5 pt-3 pb-1 outline-none"
        />
        <ComposerBar
          field={field}
          canSend={text.trim() !== '' && !isOffline}
          onEmoji={(emoji) => insert(emoji, null)}
          onFormat={format}
          onSend={send}
        />
      </div>
      <ComposerNotes length={text.length} isCutOff={isCutOff} />
    </div>
  );
}
