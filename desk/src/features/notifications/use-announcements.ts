import type { AlertChoices, Announcement, Conversation, ConversationId } from '@deskbell/contract';
import type { AgentClient, AgentStore } from '@deskbell/sdk';
import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import { useClient } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { isFocused, isInView } from './attention.ts';
import { claim } from './claims.ts';
import { titleOf } from './names.ts';
import { tellShown } from './shown.ts';
import { maySound, play } from './sounds.ts';
import { showOutside, takeBack } from './worker.ts';

/** At most so many lie on one another; the eldest makes room. */
const MOST_POP_UPS = 3;
/** A tab behind others waits so long for the one in front, in ms; one that has not been touched, and can't sound, longer. */
const BEHIND_MS = 150;
const SILENT_MS = 400;

/** Messages that come in a row sound once in this time, in ms. */
const QUIET_MS = 2_000;
let soundedAt = 0;

export interface PopUps {
  shown: readonly Announcement[];
  dismiss(id: string): void;
}

/** Shows and sounds what this browser is told, in one of its tabs. */
export function useAnnouncements(): PopUps {
  const client = useClient();
  const { t } = useTranslation('notifications');
  const [shown, setShown] = useState<readonly Announcement[]>([]);
  const dismiss = useCallback(
    (id: string) => setShown((all) => all.filter((each) => each.id !== id)),
    [],
  );
  const announce = useEffectEvent(async (told: Announcement) => {
    if (!(await claim(told.id, delay()))) return;
    tellShown(told.id);
    if (isInView(told.conversationId) || !concerns(client.store, told)) return;
    const { hasPopUps, hasSystemNotifications } = choicesOf(client.store);
    sound(told, choicesOf(client.store));
    const isOutside =
      !isFocused() &&
      hasSystemNotifications &&
      (await showOutside({ ...told, title: titleOf(told, t), body: told.text }));
    if (!isOutside && hasPopUps)
      // Of one conversation the newest is enough.
      setShown((all) =>
        [...all.filter((each) => each.conversationId !== told.conversationId), told].slice(
          -MOST_POP_UPS,
        ),
      );
  });
  useEffect(
    () =>
      client.onAnnounced((all) => {
        for (const each of all) void announce(each);
      }),
    [client],
  );
  useTakenBack(client, shown, dismiss);
  return { shown, dismiss };
}

function delay(): number {
  if (isFocused()) return 0;
  return maySound() ? BEHIND_MS : SILENT_MS;
}

function choicesOf(store: AgentStore): AlertChoices {
  return store.entities.alerts.all()[0] ?? defaults;
}
const defaults = {
  hasRing: true,
  hasMessageSound: true,
  volume: 70,
  hasPopUps: true,
  hasSystemNotifications: true,
  mutedInboxIds: [],
} satisfies AlertChoices;

function sound({ kind }: Announcement, choices: AlertChoices): void {
  const isRing = waits(kind);
  if (!(isRing ? choices.hasRing : choices.hasMessageSound)) return;
  const now = Date.now();
  if (!isRing && now - soundedAt < QUIET_MS) return;
  soundedAt = now;
  void play(isRing ? 'ring' : 'message', choices.volume);
}

/** Whether there still is something to do about it, as far as this desk knows. */
function concerns(store: AgentStore, { kind, conversationId }: Announcement): boolean {
  const conversation = store.entities.conversations.get(conversationId);
  if (!conversation) return true;
  if (conversation.status === 'closed') return false;
  return !waits(kind) || conversation.holder === 'nobody';
}

/** Closed, read by this agent, or taken by another. */
function isOver(store: AgentStore, conversation: Conversation): boolean {
  const { id, status, holder, assigneeId, participants } = conversation;
  if (status === 'closed') return true;
  if (holder === 'nobody') return false;
  const me = store.me?.id;
  const isOwn = assigneeId === me || participants.some(({ agentId }) => agentId === me);
  return !isOwn || store.unread(id) === 0;
}

/** For whoever takes it. */
const waits = (kind: Announcement['kind']) => kind === 'new-conversation' || kind === 'transferred';

/** What was read, closed or taken by somebody else goes, in the corner as outside of the page. */
function useTakenBack(
  client: AgentClient,
  shown: readonly Announcement[],
  dismiss: (id: string) => void,
): void {
  useEffect(() => {
    const look = () => {
      for (const told of shown)
        if (isInView(told.conversationId) || !concerns(client.store, told)) dismiss(told.id);
    };
    addEventListener('focus', look);
    const stop = client.subscribe(look);
    return () => {
      removeEventListener('focus', look);
      stop();
    };
  }, [client, shown, dismiss]);
  useEffect(() => {
    const { store } = client;
    const done = new Set<string>();
    const look = (ids: Iterable<ConversationId>) => {
      const over = new Set<ConversationId>();
      for (const id of ids) {
        const conversation = store.entities.conversations.get(id);
        const isDone = conversation !== undefined && isOver(store, conversation);
        if (isDone && !done.has(id)) over.add(id);
        if (isDone) done.add(id);
        else done.delete(id);
      }
      if (over.size > 0) void takeBack(over);
    };
    look(store.entities.conversations.all().map(({ id }) => id));
    return store.onConversations(look);
  }, [client]);
}
