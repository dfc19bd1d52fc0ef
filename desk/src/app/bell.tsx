import { Bell as Sign } from 'lucide-react';
import { useRef, useState } from 'react';
import { classes } from '../ui/classes.ts';
import { fetchedLater } from '../ui/fetched-later.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { useStore } from './client.tsx';
import { useTranslation } from './use-translation.ts';

const BellPanel = fetchedLater(
  async () => (await import('../features/notifications/bell-panel.tsx')).BellPanel,
);

/** The bell in the rail, with how much in it is unread; what it lists is fetched when it is opened. */
export function Bell({ className }: { className: string }) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const unread = useStore(
    (store) => store.entities.notices.all().filter(({ readAt }) => readAt === null).length,
  );
  return (
    <>
      <Tooltip label={t('rail.bell')} side="inline-end">
        <button
          type="button"
          ref={button}
          aria-label={unread > 0 ? t('rail.bellUnread', { count: unread }) : t('rail.bell')}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onClick={() => setOpen(true)}
          className={className}
        >
          <Sign />
          <span aria-hidden="true" className="text-2xs md:hidden">
            {t('rail.bell')}
          </span>
          <Count count={unread} />
        </button>
      </Tooltip>
      {isOpen && <BellPanel anchor={button} onClose={() => setOpen(false)} />}
    </>
  );
}

/** A number at the corner of a sign in the rail. */
export function Count({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <>
      {/* Read aloud as it is seen, the number is a word of its own. */ ' '}
      <span
        aria-hidden="true"
        className={classes(
          'absolute top-0.5 min-w-4 rounded-full bg-accent px-1 text-center font-semibold text-2xs text-on-accent tabular-nums max-md:start-[calc(50%+2px)]',
          // As wide as it is, it stays within the rail.
          count > 99 ? 'md:-end-1.5' : 'md:start-[calc(50%+2px)]',
        )}
      >
        {count > 99 ? '99+' : count}
      </span>
    </>
  );
}
