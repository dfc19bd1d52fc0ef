import { Popover } from '@base-ui/react/popover';
import type { Notice } from '@deskbell/contract';
import { useNavigate } from '@tanstack/react-router';
import { BellOff, CheckCheck, Settings2 } from 'lucide-react';
import { type RefObject, useState } from 'react';
import { ask, isProblem } from '../../app/api.ts';
import { useClient, useStore } from '../../app/client.tsx';
import { useLayout } from '../../app/layout.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { useNow } from '../../ui/clock.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { dayName, daysAgo } from '../../ui/relative-time.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { showToast } from '../../ui/toast.ts';
import { useFocusBack } from '../../ui/use-focus-back.ts';
import { titleOf } from './names.ts';

interface BellPanelProps {
  anchor: RefObject<HTMLElement | null>;
  onClose(): void;
}

/** What stands in the bell, by day; opening one opens its conversation. */
export function BellPanel({ anchor, onClose }: BellPanelProps) {
  const { t } = useTranslation('notifications');
  const { room } = useLayout();
  const [isOpen, setOpen] = useState(true);
  const focusBack = useFocusBack(isOpen, () => anchor.current);
  const notices = useBell();
  const unread = notices.filter(({ readAt }) => readAt === null).length;
  const read = useRead();
  const navigate = useNavigate();
  const openSettings = () => {
    setOpen(false);
    void navigate({ to: '/settings/notifications' });
  };
  const openConversation = ({ id, conversationId, readAt }: Notice) => {
    setOpen(false);
    if (readAt === null) void read([id]);
    void navigate({ to: '/c/$conversationId', params: { conversationId } });
  };
  return (
    <Popover.Root
      open={isOpen}
      onOpenChange={setOpen}
      onOpenChangeComplete={(isStillOpen) => !isStillOpen && onClose()}
    >
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor}
          side={room === 'one' ? 'top' : 'inline-end'}
          align="end"
          sideOffset={8}
          collisionPadding={8}
          className="z-30"
        >
          <Popover.Popup
            {...focusBack}
            className="flex max-h-[min(32rem,calc(100vh-6rem))] w-[min(24rem,calc(100vw-1rem))] flex-col overflow-hidden rounded-xl bg-raised text-ink shadow-raised outline-none transition-[opacity,scale] data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0"
          >
            <header className="flex items-center gap-1 border-line border-b py-2 ps-4 pe-2">
              <Popover.Title className="min-w-0 flex-1 font-semibold text-base">
                {t('bell.title')}
              </Popover.Title>
              <IconButton
                label={t('bell.readAll')}
                icon={<CheckCheck />}
                disabled={unread === 0}
                onClick={() => void read(null)}
              />
              <IconButton label={t('bell.settings')} icon={<Settings2 />} onClick={openSettings} />
            </header>
            {notices.length === 0 ? (
              <EmptyState icon={<BellOff />} title={t('bell.none.title')}>
                {t('bell.none.text')}
              </EmptyState>
            ) : (
              <Lines notices={notices} onOpen={openConversation} />
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** The newest first. */
function useBell(): Notice[] {
  const all = useStore((store) => store.entities.notices.all());
  return [...all].sort((one, other) => other.at - one.at);
}

/** Shown as read at once; where the server can't be asked, it says so, and they stay as they were. */
function useRead(): (ids: Notice['id'][] | null) => Promise<void> {
  const client = useClient();
  const textOf = useProblemText();
  return async (ids) => {
    const answer = await ask('POST', '/me/notices/read', ids ? { ids } : {});
    if (isProblem(answer)) return showToast({ tone: 'danger', title: textOf(answer) });
    const readAt = Date.now();
    const read = client.store.entities.notices
      .all()
      .filter((notice) => notice.readAt === null && (ids === null || ids.includes(notice.id)));
    client.store.put({ notices: read.map((notice) => ({ ...notice, readAt, version: 2 })) });
  };
}

function Lines({ notices, onOpen }: { notices: Notice[]; onOpen(notice: Notice): void }) {
  const { t, i18n } = useTranslation('notifications');
  const now = useNow();
  const days = Map.groupBy(notices, ({ at }) => daysAgo(at, now));
  return (
    <div className="min-h-0 flex-1 overflow-y-auto pb-1">
      {[...days].map(([ago, lines]) => (
        <section key={ago} aria-labelledby={`bell-${ago}`}>
          <h3
            id={`bell-${ago}`}
            className="sticky top-0 z-10 bg-raised px-4 pt-3 pb-1 font-medium text-faint text-xs"
          >
            {ago === 0 && t('bell.today')}
            {ago === 1 && t('bell.yesterday')}
            {ago > 1 && dayName(lines[0]?.at ?? now, now, i18n.language)}
          </h3>
          <ul>
            {lines.map((notice) => (
              <li key={notice.id}>
                <Line notice={notice} onOpen={() => onOpen(notice)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Line({ notice, onOpen }: { notice: Notice; onOpen(): void }) {
  const { t, i18n } = useTranslation('notifications');
  const by = useStore((store) =>
    notice.byId === null ? undefined : store.entities.agents.get(notice.byId),
  );
  const isUnread = notice.readAt === null;
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex w-full items-start gap-3 px-4 py-2 text-start -outline-offset-2 hover:bg-hover"
    >
      <Avatar id={notice.contactId ?? notice.id} name={notice.contactName} />
      <span className="min-w-0 flex-1">
        <span className={`block break-words ${isUnread ? 'font-medium' : 'text-muted'}`}>
          {titleOf(notice, t)}
        </span>
        <span className="block text-faint text-sm">
          {by ? t('bell.by', { name: by.name }) : t('bell.bySystem')}
          {' · '}
          <RelativeTime at={notice.at} language={i18n.language} nowLabel={t('bell.now')} />
        </span>
      </span>
      {isUnread && (
        <span className="mt-1.5 size-2 shrink-0 rounded-full bg-accent">
          <span className="sr-only">{t('bell.unread')}</span>
        </span>
      )}
    </button>
  );
}
