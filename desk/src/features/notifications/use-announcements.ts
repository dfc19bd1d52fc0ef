import type { AlertChoices, Announcement, Conversation, ConversationId } from '@deskbell/contract';
import type { AgentClient, AgentStore } from '@deskbell/sdk';
import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import { ask, isProblem } from '../../app/api.ts';
import { useClient } from '../../app/client.tsx';
import { standsIn } from '../../app/place.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { isFocused, isInView } from './attention.ts';
import { showOnce } from './claims.ts';
import { titleOf } from './names.ts';
import { type About, endOf, isOver, waits } from './over.ts';
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
  const show = async (told: Announcement) => {
    if (isInView(told.conversationId) || isOver(client.store, told)) return;
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
  };
  const hear = useEffectEvent((told: Announcement) =>
    showOnce(told.id, {
      afterMs: delay(),
      async show() {
        await show(told);
        tellShown(told.id);
      },
    }),
  );
  useEffect(
    () =>
      client.onAnnounced((all) => {
        for (const each of all) void hear(each);
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

/** What was read, closed or taken by somebody else goes, in the corner as outside of the page. */
function useTakenBack(
  client: AgentClient,
  shown: readonly Announcement[],
  dismiss: (id: string) => void,
): void {
  useEffect(() => {
    const look = () => {
      for (const told of shown)
        if (isInView(told.conversationId) || isOver(client.store, told)) dismiss(told.id);
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
    const ended = new Map<ConversationId, string>();
    const hear = (ids: Iterable<ConversationId>) => {
      let isNew = false;
      for (const id of ids) {
        const end = endOf(store, id);
        isNew ||= end !== null && end !== ended.get(id);
        if (end === null) ended.delete(id);
        else ended.set(id, end);
      }
      if (isNew) void takeBack((about) => isOver(store, about));
    };
    // What was pushed while nobody was here may be about what this desk doesn't hold.
    const sweep = () => void takeBack((about) => isOver(store, about) || isGone(store, about));
    sweep();
    hear(store.entities.conversations.all().map(({ id }) => id));
    addEventListener('focus', sweep);
    const stop = store.onConversations(hear);
    return () => {
      removeEventListener('focus', sweep);
      stop();
    };
  }, [client]);
  useEffect(() => {
    const workspaceId = standsIn();
    // Whoever signs out leaves nothing of theirs on the screen.
    return () => void takeBack(() => true, workspaceId);
  }, []);
}

/** The server says that it is closed, or not there for this agent. */
async function isGone(store: AgentStore, { conversationId }: About): Promise<boolean> {
  if (store.entities.conversations.get(conversationId)) return false;
  const answer = await ask<{ conversations: Conversation[] }>(
    'GET',
    `/conversations/${conversationId}`,
  );
  if (isProblem(answer)) return answer.code === 'not-found';
  return answer.conversations.some(({ status }) => status === 'closed');
}
