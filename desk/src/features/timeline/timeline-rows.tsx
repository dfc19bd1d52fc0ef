import type { ConversationId } from '@deskbell/contract';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useClient } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Progress } from '../../ui/progress.tsx';
import { ActivityLine } from './activity-line.tsx';
import { DayPill } from './day-pill.tsx';
import { JumpToEnd } from './jump-to-end.tsx';
import { DayMark, NewMark } from './marks.tsx';
import { Message } from './message.tsx';
import { Note } from './note.tsx';
import { estimatedHeight, lastSeqUntil, newsSince } from './row-measures.ts';
import type { Row } from './rows.ts';
import { useStayAtEnd } from './use-stay-at-end.ts';
import type { LiveTimeline } from './use-timeline.ts';

interface TimelineRowsProps {
  rows: readonly Row[];
  timeline: LiveTimeline;
  conversationId: ConversationId;
  isLooking: boolean;
  scroller: HTMLDivElement;
}

/** Rows from the beginning of what is loaded at which the page before is asked for. */
const AHEAD = 20;
/** So close to the end, in px, counts as being there. */
const END = 64;
/** Above the first row, for what is said about loading. */
const HEAD = 44;

/** The lines of a timeline; only those in sight are drawn. Opens at its end and stays there while one is there. */
export function TimelineRows(props: TimelineRowsProps) {
  const { rows, timeline, conversationId, isLooking, scroller } = props;
  const { t } = useTranslation('conversation');
  const client = useClient();
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: (index) => estimatedHeight(rows[index]),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
    paddingStart: HEAD,
    paddingEnd: 12,
    // What comes before moves nothing that is in sight, and what comes behind is followed from the end alone.
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: END,
  });
  const items = virtualizer.getVirtualItems();
  const { startIndex = 0, endIndex = -1 } = virtualizer.range ?? {};
  const isAtEnd = virtualizer.isAtEnd(END);
  const last = rows.at(-1);

  useLayoutEffect(() => virtualizer.scrollToEnd(), [virtualizer]);
  useStayAtEnd(scroller, virtualizer, isAtEnd);
  // What one sends oneself is shown, wherever one was.
  const sending = last?.kind === 'message' && last.item.state === 'sending' ? last.key : null;
  useLayoutEffect(() => {
    if (sending) virtualizer.scrollToEnd();
  }, [sending, virtualizer]);

  const { view, loadEarlier, isLoadingEarlier, hasFailed } = timeline;
  const wantsEarlier = startIndex < AHEAD && view.hasEarlier && !isLoadingEarlier && !hasFailed;
  useEffect(() => {
    if (wantsEarlier) loadEarlier();
  }, [wantsEarlier, loadEarlier]);

  const readThrough = lastSeqUntil(rows, isAtEnd ? rows.length - 1 : endIndex);
  // Reading is what one sees while one looks; the server and the contact are told.
  useEffect(() => {
    if (isLooking && readThrough > 0) client.markRead(conversationId, readThrough);
  }, [client, conversationId, isLooking, readThrough]);

  const seenRows = useRef(rows.length);
  if (isAtEnd) seenRows.current = lastSeqUntil(rows, rows.length - 1);
  const news = isAtEnd ? 0 : newsSince(rows, seenRows.current);
  const top = rows[startIndex];

  return (
    <>
      <div className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
        {view.hasEarlier && (
          <div className="absolute inset-x-0 top-0 grid h-11 place-items-center">
            {hasFailed ? (
              <Button size="small" onClick={loadEarlier}>
                {t('timeline.earlierFailed')}
              </Button>
            ) : (
              <Progress label={t('timeline.loadingEarlier')} className="w-24" />
            )}
          </div>
        )}
        <div
          className="absolute inset-x-0 top-0"
          style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}
        >
          {items.map(({ index, key }) => {
            const row = rows[index];
            return (
              row && (
                <div key={key} data-index={index} ref={virtualizer.measureElement}>
                  <RowElement row={row} conversationId={conversationId} />
                </div>
              )
            );
          })}
        </div>
      </div>
      {top && !isAtEnd && <DayPill row={top} />}
      {!isAtEnd && <JumpToEnd news={news} onPress={() => virtualizer.scrollToEnd()} />}
    </>
  );
}

function RowElement({ row, conversationId }: { row: Row; conversationId: ConversationId }) {
  switch (row.kind) {
    case 'day':
      return <DayMark at={row.at} />;
    case 'new':
      return <NewMark />;
    case 'activity':
      return <ActivityLine entry={row.entry} isFirst={row.isFirst} />;
    case 'note':
      return <Note entry={row.entry} />;
    case 'message':
      return <Message row={row} conversationId={conversationId} />;
  }
}
