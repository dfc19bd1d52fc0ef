import type { Announcement } from '@deskbell/contract';
import { useNavigate } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useStore } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { nameOf, titleOf } from './names.ts';
import type { PopUps as Shown } from './use-announcements.ts';

/** They stay so long, in ms, unless somebody is at them; what waits for anybody longer than a message. */
const STAYS_MS = {
  'new-conversation': 20_000,
  message: 8_000,
  assigned: 12_000,
  invited: 12_000,
  transferred: 20_000,
} satisfies Record<Announcement['kind'], number>;

/** The corner at the lower right, where what happens elsewhere is told. Never takes the focus. */
export function PopUps({ shown, dismiss }: Shown) {
  const { t } = useTranslation('notifications');
  return (
    <section
      aria-label={t('corner')}
      aria-live="polite"
      className="pointer-events-none fixed end-3 bottom-[calc(4.5rem+env(safe-area-inset-bottom))] z-35 flex w-[min(22rem,calc(100vw-1.5rem))] flex-col gap-2 sm:bottom-[calc(1rem+env(safe-area-inset-bottom))]"
    >
      {shown.map((told) => (
        <PopUp key={told.id} told={told} onGone={() => dismiss(told.id)} />
      ))}
    </section>
  );
}

function PopUp({ told, onGone }: { told: Announcement; onGone(): void }) {
  const { t } = useTranslation('notifications');
  const navigate = useNavigate();
  const isHeld = useStaying(STAYS_MS[told.kind], onGone);
  const inbox = useStore((store) => store.entities.inboxes.get(told.inboxId));
  // What came after it is in it.
  const latest = useStore(
    (store) => store.entities.conversations.get(told.conversationId)?.lastMessage,
  );
  const text =
    latest && latest.side === 'contact' && latest.at >= told.at ? latest.text : told.text;
  const unread = useStore((store) => store.unread(told.conversationId));
  const open = () => {
    onGone();
    const isQueued = told.kind === 'new-conversation' || told.kind === 'transferred';
    const list = isQueued ? 'queue' : 'mine';
    void navigate({
      to: '/$list/{-$conversationId}',
      params: { list, conversationId: told.conversationId },
    });
  };
  return (
    // Esc closes it from wherever in it the focus is.
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys and the pointer belong to the buttons within
    <div
      data-pop-up
      {...isHeld}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onGone();
      }}
      className="pointer-events-auto transition starting:translate-y-1 starting:opacity-0 relative flex items-start rounded-xl bg-raised text-ink shadow-dialog hover:bg-[linear-gradient(var(--hover),var(--hover))]"
    >
      <button
        type="button"
        onClick={open}
        className="flex min-w-0 flex-1 items-start gap-3 rounded-xl p-3 pe-10 text-start"
      >
        <Avatar id={told.contactId ?? told.id} name={told.contactName} />
        <span className="min-w-0 flex-1">
          <span className="line-clamp-2 break-words font-medium">{titleOf(told, t)}</span>
          {text && <span className="line-clamp-2 break-words text-muted text-sm">{text}</span>}
          <span className="mt-0.5 block truncate text-faint text-xs">
            {inbox?.name}
            {unread > 1 && ` · ${t('unread', { count: unread })}`}
          </span>
        </span>
      </button>
      <button
        type="button"
        aria-label={t('dismiss', { name: nameOf(told, t) })}
        onClick={onGone}
        className="absolute end-1.5 pointer-coarse:end-0.5 top-1.5 pointer-coarse:top-0.5 grid size-7 pointer-coarse:size-10 place-items-center rounded-md text-faint hover:bg-hover hover:text-ink"
      >
        <X className="size-4" aria-hidden="true" />
      </button>
    </div>
  );
}

/** Goes by itself, but not while the pointer or the focus is on it (WCAG 2.2.1). */
function useStaying(ms: number, onGone: () => void) {
  const [isHeld, setHeld] = useState(false);
  const go = useEffectEvent(onGone);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => go(), ms);
    return () => clearTimeout(timer);
  }, [isHeld, ms]);
  return {
    onPointerEnter: () => setHeld(true),
    onPointerLeave: () => setHeld(false),
    onFocus: () => setHeld(true),
    onBlur: () => setHeld(false),
  };
}
