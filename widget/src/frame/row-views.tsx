import type { AgentFace } from '@deskbell/contract';
import { Avatar } from './avatar.tsx';
import type { Chat } from './chat.ts';
import { isEmojiOnly } from './emoji.ts';
import { Icon } from './icons.tsx';
import { Markdown } from './markdown-view.tsx';
import type { MessageRow, Row } from './rows.ts';
import { useChat } from './use-chat.ts';

export function RowView({ row, now }: { row: Row; now: number }) {
  const chat = useChat();
  const { words } = chat.language;
  switch (row.kind) {
    case 'day':
      return <p class="day">{chat.times.day(row.at, now)}</p>;
    case 'unread':
      return <p class="unread-line">{words.unread}</p>;
    case 'activity':
      return (
        <p class="activity" title={chat.times.exact(row.at)}>
          {activityText(row, chat)}
        </p>
      );
    case 'message':
      return <Message row={row} now={now} />;
  }
}

function activityText(row: Extract<Row, { kind: 'activity' }>, { language, client }: Chat): string {
  const { words } = language;
  const { activity } = row;
  const nameOf = (id: AgentFace['id']) => client.store.agents.get(id)?.name ?? words.someone;
  switch (activity.what) {
    case 'assigned':
    case 'joined':
      return words.joined(nameOf(activity.agentId));
    case 'closed':
      if (activity.reason === 'contact') return words.endedByYou;
      return activity.reason === 'inactivity' ? words.endedSilence : words.ended;
    case 'reopened':
      return words.reopened;
    default:
      return '';
  }
}

function Message({ row, now }: { row: MessageRow; now: number }) {
  const chat = useChat();
  const { words } = chat.language;
  const { times, client } = chat;
  const face = row.isOwn ? undefined : client.store.agents.get(row.author as AgentFace['id']);
  const name = row.isOwn ? words.you : (face?.name ?? client.store.site?.name ?? words.someone);
  const kind = isEmojiOnly(row.text) ? 'bubble large' : 'bubble';
  return (
    <div
      class={`message ${row.isOwn ? 'own' : 'theirs'} ${row.isFirst ? 'first' : ''} ${row.isLast ? 'last' : ''}`}
    >
      {!row.isOwn && row.isFirst && (
        <p class="name" aria-hidden="true">
          {name}
        </p>
      )}
      {!row.isOwn && row.isLast && <Avatar name={name} picture={face?.picture} />}
      <div class={kind} title={times.exact(row.at)}>
        <span class="unseen">
          <bdi>{name}</bdi>:{' '}
        </span>
        <Markdown text={row.text} opensElsewhere={words.opensElsewhere} />
      </div>
      {(row.isLast || row.delivery === 'failed' || row.delivery === 'expired') && (
        <Below row={row} now={now} />
      )}
    </div>
  );
}

/** When it was said, and how far it has come. */
function Below({ row, now }: { row: MessageRow; now: number }) {
  const { language, times } = useChat();
  const { words } = language;
  if (row.delivery === 'failed' || row.delivery === 'expired') return <NotSent row={row} />;
  return (
    <p class="below">
      <time dateTime={new Date(row.at).toISOString()} title={times.exact(row.at)}>
        {times.relative(row.at, now)}
      </time>
      {row.delivery && <span> · {words[row.delivery]}</span>}
    </p>
  );
}

function NotSent({ row }: { row: MessageRow }) {
  const { language, client } = useChat();
  const { words } = language;
  const id = row.clientId ?? '';
  return (
    <p class="below failed" role="alert">
      <Icon name="alert" />
      <span>{row.delivery === 'expired' ? words.tooOld : words.notSent}</span>
      <button type="button" class="link" onClick={() => void client.outbox.retry(id)}>
        {words.retry}
      </button>
      <button type="button" class="link" onClick={() => client.outbox.drop(id)}>
        {words.discard}
      </button>
    </p>
  );
}
