import type { Refused } from '@deskbell/contract';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icons.tsx';
import { RowView } from './row-views.tsx';
import type { Row } from './rows.ts';
import { useChat, useNow } from './use-chat.ts';

/** This close to an edge counts as there, in px. */
const NEAR = 40;

interface ScrollingRowsProps {
  rows: readonly Row[];
  /** New ones are read out, and the end is held on to. */
  isLive: boolean;
  unread?: number;
  typist?: string | null;
  /** Null: the beginning is here. Answers what went wrong, or null. */
  loadEarlier: (() => Promise<Refused | null>) | null;
  onEnd?(isAtEnd: boolean): void;
  isEnded?: boolean;
}

export function ScrollingRows(props: ScrollingRowsProps) {
  const { rows, isLive, unread = 0, typist = null, loadEarlier, onEnd, isEnded } = props;
  const { words } = useChat().language;
  const now = useNow();
  const scroll = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const isJumpDue = useRef(false);
  const latest = useRef<() => void>(() => undefined);
  const [isAway, setIsAway] = useState(false);
  const earlier = useEarlier(scroll, loadEarlier);
  const last = rows.at(-1);
  const ownKey = last?.kind === 'message' && last.isOwn ? last.key : null;
  const hasUnreadLine = rows.some(({ kind }) => kind === 'unread');

  const onScroll = () => {
    const box = scroll.current;
    if (!box || box.clientHeight === 0) return;
    const isThere = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    if (box.scrollTop < NEAR) earlier.load();
    isAtEnd.current = isThere;
    setIsAway(!isThere);
    onEnd?.(isThere);
  };

  // One's own message is always shown, wherever one has scrolled to.
  useLayoutEffect(() => {
    if (ownKey !== null) isAtEnd.current = true;
  }, [ownKey]);
  // Whoever comes back begins where the new begins.
  useLayoutEffect(() => {
    isJumpDue.current = hasUnreadLine;
  }, [hasUnreadLine]);
  useLayoutEffect(settle);
  // Whatever changes the height (keyboard, opening the panel) comes without a word from us.
  useEffect(() => {
    const observer = new ResizeObserver(() => latest.current());
    for (const each of [scroll.current, list.current]) if (each) observer.observe(each);
    return () => observer.disconnect();
  }, []);

  function settle(): void {
    latest.current = settle;
    const box = scroll.current;
    if (!box || box.clientHeight === 0) return;
    if (isJumpDue.current) {
      box.querySelector('.unread-line')?.scrollIntoView();
      isJumpDue.current = false;
      onScroll();
    } else if (isAtEnd.current) {
      showEnd(box);
    }
  }

  return (
    <div class="timeline">
      <section
        class="scroll"
        ref={scroll}
        onScroll={onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={words.messages}
      >
        <div
          ref={list}
          class="rows"
          role="log"
          aria-label={words.messages}
          aria-live={isLive && !earlier.isLoading ? 'polite' : 'off'}
        >
          {loadEarlier && (
            <div class="earlier">
              {earlier.isLoading ? (
                <span class="spinner" role="status" aria-label={words.loading} />
              ) : (
                <button type="button" class="link" onClick={earlier.load}>
                  {earlier.hasFailed ? `${words.loadFailed} ${words.retry}` : words.earlier}
                </button>
              )}
            </div>
          )}
          {rows.map((row) => (
            <RowView key={row.key} row={row} now={now} />
          ))}
          {isEnded && <p class="activity">{words.endedHint}</p>}
          {typist !== null && (
            <div class="typing" role="status" aria-label={words.typing(typist)}>
              <i />
              <i />
              <i />
            </div>
          )}
        </div>
      </section>
      {isAway && (
        <button
          type="button"
          class={`to-end ${unread ? 'has-news' : ''}`}
          onClick={() => showEnd(scroll.current)}
          aria-label={unread ? words.newMessages : words.toEnd}
        >
          {unread > 0 && <span>{words.newMessages}</span>}
          <Icon name="down" />
        </button>
      )}
    </div>
  );
}

function showEnd(box: HTMLElement | null): void {
  box?.scrollTo({ top: box.scrollHeight });
}

/** Loads the page above, and leaves what is in view where it is. */
function useEarlier(
  scroll: { current: HTMLDivElement | null },
  loadEarlier: ScrollingRowsProps['loadEarlier'],
) {
  const [isLoading, setIsLoading] = useState(false);
  const [hasFailed, setHasFailed] = useState(false);
  const fromBottom = useRef<number | null>(null);
  const isBusy = useRef(false);

  useLayoutEffect(() => {
    const box = scroll.current;
    if (!box || fromBottom.current === null) return;
    box.scrollTop = box.scrollHeight - fromBottom.current;
    if (!isLoading) fromBottom.current = null;
  });

  const load = async () => {
    const box = scroll.current;
    if (!loadEarlier || !box || isBusy.current) return;
    isBusy.current = true;
    setIsLoading(true);
    fromBottom.current = box.scrollHeight - box.scrollTop;
    const refused = await loadEarlier();
    isBusy.current = false;
    setHasFailed(refused !== null);
    setIsLoading(false);
  };
  return { isLoading, hasFailed, load: () => void load() };
}
