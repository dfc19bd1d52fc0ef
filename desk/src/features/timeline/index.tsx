import type { Author, ConversationId } from '@deskbell/contract';
import { useMemo, useState } from 'react';
import { useStore } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Announcer } from './announcer.tsx';
import { Message } from './message.tsx';
import { type Row, rowsOf } from './rows.ts';
import { TimelineRows } from './timeline-rows.tsx';
import { TimelineSkeleton } from './timeline-skeleton.tsx';
import { useAttention } from './use-attention.ts';
import { useNewLine } from './use-new-line.ts';
import { useTimeline } from './use-timeline.ts';

export { TypingLine } from './typing-line.tsx';

/** What one wrote before anything came, such as without a line. */
function UnsentRows({
  rows,
  conversationId,
}: {
  rows: readonly Row[];
  conversationId: ConversationId;
}) {
  return rows.map(
    (row) =>
      row.kind === 'message' &&
      row.item.state !== 'stored' && <Message key={row.key} {...{ row, conversationId }} />,
  );
}

/** All that was said and done in a conversation, live, endless backwards. */
export function Timeline({ conversationId }: { conversationId: ConversationId }) {
  const { t } = useTranslation('conversation');
  // In state, not in a ref: the rows within are drawn once it is there, else they would see no height.
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const timeline = useTimeline(conversationId);
  const { items, isLoaded, hasEarlier } = timeline.view;
  const isLooking = useAttention();
  const readThrough = useNewLine(conversationId, { isLoaded, isLooking });
  const meId = useStore((store) => store.me?.id);
  const rows = useMemo(() => {
    const me: Author = meId ? { kind: 'agent', id: meId } : { kind: 'system' };
    return rowsOf({ items, me, readThrough, hasEarlier });
  }, [items, meId, readThrough, hasEarlier]);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={setScroller}
        role="log"
        aria-live="off"
        aria-label={t('timeline.label')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keyboard
        tabIndex={0}
        className="flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain -outline-offset-2 [overflow-anchor:none]"
      >
        {isLoaded ? (
          <div className="mt-auto">
            {scroller && (
              <TimelineRows {...{ rows, timeline, conversationId, isLooking, scroller }} />
            )}
          </div>
        ) : (
          <>
            <TimelineSkeleton label={t('timeline.loading')} />
            <UnsentRows {...{ rows, conversationId }} />
          </>
        )}
      </div>
      {isLoaded && <Announcer conversationId={conversationId} items={items} />}
    </div>
  );
}
