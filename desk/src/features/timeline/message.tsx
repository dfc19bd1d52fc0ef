import type { ConversationId } from '@deskbell/contract';
import type { PendingMessage, TimelineItem } from '@deskbell/sdk';
import { memo } from 'react';
import { useStore } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { classes } from '../../ui/classes.ts';
import { exactTime, timeOfDay } from '../../ui/relative-time.ts';
import { useAgentName, useContactName, useKnownName } from '../contact-panel/use-names.ts';
import { type Delivery, deliveryOf } from './delivery.ts';
import { DeliveryMark } from './delivery-mark.tsx';
import { MessageText } from './message-text.tsx';
import type { MessageRow } from './rows.ts';
import { UnsentActions } from './unsent-actions.tsx';

interface MessageProps {
  row: MessageRow;
  conversationId: ConversationId;
}

/** One message: the contact's at the left, ours at the right. */
export const Message = memo(
  function Message({ row, conversationId }: MessageProps) {
    const { item, side, text, isFirst } = row;
    const delivery = useDelivery(row, conversationId);
    const isOurs = side === 'ours';
    const unsent = isUnsent(item) ? item : null;
    return (
      <article
        data-message={item.key}
        className={classes(
          'mx-auto flex max-w-200 gap-2.5 px-4',
          isFirst ? 'pt-3' : 'pt-0.5',
          isOurs && 'justify-end',
        )}
      >
        {!isOurs && <ContactFace row={row} />}
        <div
          className={classes(
            'flex min-w-0 max-w-[min(85%,36rem)] flex-col',
            isOurs ? 'items-end' : 'items-start',
          )}
        >
          <AuthorName row={row} />
          <div className={classes('max-w-full px-3 py-1.5', bubble(row, unsent !== null))}>
            <div className="flex flex-wrap items-end justify-end gap-x-2">
              <div className="wrap-anywhere min-w-0 grow">
                <MessageText text={text} />
              </div>
              <Meta at={row.at} delivery={delivery} />
            </div>
          </div>
          {unsent && <UnsentActions message={unsent} conversationId={conversationId} />}
        </div>
      </article>
    );
  },
  // Rows are made anew with each change; what they show mostly is the same.
  (before, after) =>
    before.conversationId === after.conversationId &&
    before.row.item === after.row.item &&
    before.row.isFirst === after.row.isFirst &&
    before.row.isLast === after.row.isLast,
);

function useDelivery(row: MessageRow, conversationId: ConversationId): Delivery | null {
  return useStore((store) =>
    row.side === 'ours' ? deliveryOf(row.item, store.entities.receipts.get(conversationId)) : null,
  );
}

function isUnsent(item: TimelineItem): item is PendingMessage {
  return item.state === 'failed' || item.state === 'expired';
}

function bubble({ side, isFirst, isLast }: MessageRow, isFailed: boolean): string {
  if (side === 'contact')
    return classes(
      'rounded-xl bg-pressed text-ink forced-colors:border',
      !isFirst && 'rounded-ss-sm',
      !isLast && 'rounded-es-sm',
    );
  return classes(
    'rounded-xl text-ink forced-colors:border',
    isFailed ? 'border border-danger-line bg-danger-soft' : 'bg-accent-soft',
    !isFirst && 'rounded-se-sm',
    !isLast && 'rounded-ee-sm',
  );
}

function ContactFace({ row }: { row: MessageRow }) {
  const id = row.author.kind === 'contact' ? row.author.id : undefined;
  const name = useKnownName(id);
  return (
    <span className="w-7 shrink-0 pt-0.5">
      {row.isFirst && <Avatar id={id ?? ''} name={name} size="small" />}
    </span>
  );
}

/** Above the first of a group; one's own need none, but are named for who can't see at which side they stand. */
function AuthorName({ row: { author, isFirst } }: { row: MessageRow }) {
  const { t } = useTranslation('conversation');
  const meId = useStore((store) => store.me?.id);
  const contact = useContactName(author.kind === 'contact' ? author.id : undefined);
  const agent = useAgentName(author.kind === 'agent' ? author.id : undefined);
  const isMine = author.kind === 'agent' && author.id === meId;
  const name = { contact, agent, system: t('system') }[author.kind];
  const isShown = isFirst && !isMine;
  return (
    <h3
      className={
        isShown ? 'max-w-full truncate px-1 pb-0.5 font-medium text-muted text-xs' : 'sr-only'
      }
    >
      {isMine ? t('you') : name}
    </h3>
  );
}

function Meta({ at, delivery }: { at: number; delivery: Delivery | null }) {
  const { i18n } = useTranslation();
  return (
    <span className="flex shrink-0 items-center gap-1 text-2xs text-muted tabular-nums">
      <time dateTime={new Date(at).toISOString()} title={exactTime(at, i18n.language)}>
        {timeOfDay(at, i18n.language)}
      </time>
      {delivery && <DeliveryMark delivery={delivery} />}
    </span>
  );
}
