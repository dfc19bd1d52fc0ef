import { useEffect, useState } from 'preact/hooks';
import { Greeting } from './greeting.tsx';
import { rowsOf } from './rows.ts';
import { ScrollingRows } from './scrolling-rows.tsx';
import { dayNumberIn } from './times.ts';
import { useChat, useIsSeen, useStore } from './use-chat.ts';

const dayNumber = dayNumberIn();
/** First it is settled where the timeline stands, then whether that is its end. In ms. */
const SETTLE_MS = 200;

/** The running chat, and what was written but not stored yet. */
export function LiveTimeline() {
  const chat = useChat();
  const { client, language } = chat;
  const store = useStore(chat);
  const { view, site } = store;
  const isSeen = useIsSeen(chat);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const [readUpTo, setReadUpTo] = useState<number | null>(null);

  // The line stands where one had read to when one looked here again, until one looks away.
  const isReading = isSeen && isAtEnd;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the moment of looking counts
  useEffect(() => {
    setReadUpTo(view.unread > 0 ? (view.receipt?.contactRead ?? 0) : null);
  }, [isSeen, view.conversation?.id]);
  useEffect(() => {
    if (!isReading || view.unread === 0) return;
    const timer = setTimeout(() => client.markRead(), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [client, isReading, view]);

  if (!site) return <Waiting label={language.words.loading} />;
  if (view.items.length === 0) return <Greeting site={site} />;
  const rows = rowsOf(view.items, { receipt: view.receipt, readUpTo, dayNumber });
  const current = view.conversation?.id;
  return (
    <ScrollingRows
      rows={rows}
      isLive
      unread={isAtEnd ? 0 : view.unread}
      typist={view.isAgentTyping ? typistName() : null}
      loadEarlier={current && view.hasEarlier ? () => client.loadEarlier(current) : null}
      onEnd={setIsAtEnd}
      isEnded={view.conversation?.status === 'closed'}
    />
  );

  function typistName(): string {
    const id = view.conversation?.assigneeId;
    return (id && store.agents.get(id)?.name) || language.words.someone;
  }
}

/** Shapes of what is about to come. */
export function Waiting({ label }: { label: string }) {
  return (
    <div class="scroll skeleton" role="status" aria-label={label}>
      <span />
      <span />
      <span />
    </div>
  );
}
