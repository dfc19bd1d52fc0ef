import type { ConversationId } from '@deskbell/contract';
import type { AgentClient } from '@deskbell/sdk';
import { deviceId } from './device.ts';

/** Somebody who goes on working here says so again after this, in ms: another device may have been used since. */
const AGAIN_MS = 15_000;

export const isFocused = () => document.visibilityState === 'visible' && document.hasFocus();

/** The conversation in the address bar; null: none. */
function conversationInView(): ConversationId | null {
  const [, id] =
    /^(?:\/w\/[\da-f-]{36})?\/[a-z-]+\/([\da-f]{8}-[\da-f-]{27})$/i.exec(location.pathname) ?? [];
  return (id?.toLowerCase() as ConversationId | undefined) ?? null;
}

export const isInView = (id: string) => isFocused() && conversationInView() === id;

/** Tells the server where its agent looks. Returns the way to stop, and to say it again after a change of page. */
export function attend(client: AgentClient): { stop(): void; look(): void } {
  let saidAt = 0;
  let said = '';
  const look = () => {
    const attention = {
      deviceId,
      isFocused: isFocused(),
      conversationId: isFocused() ? conversationInView() : null,
    };
    const text = JSON.stringify(attention);
    if (text === said) return;
    said = text;
    saidAt = Date.now();
    client.attend(attention);
  };
  const use = () => {
    if (Date.now() - saidAt > AGAIN_MS) said = '';
    look();
  };
  const events = ['focus', 'blur', 'pointerdown', 'pointermove', 'wheel', 'keydown'] as const;
  for (const name of events) addEventListener(name, use, { passive: true });
  document.addEventListener('visibilitychange', use);
  look();
  return {
    look,
    stop() {
      for (const name of events) removeEventListener(name, use);
      document.removeEventListener('visibilitychange', use);
    },
  };
}
