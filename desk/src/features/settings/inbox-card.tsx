import type { Inbox } from '@deskbell/contract';
import { ChevronDown, ExternalLink, Globe } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { demoPath, scriptTag } from '../../app/script-tag.ts';
import { useSession } from '../../app/session-context.tsx';
import { buttonClasses } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { CopyField } from '../../ui/copy-field.tsx';
import { InboxLook } from './inbox-look.tsx';
import { InboxMembers } from './inbox-members.tsx';

interface InboxCardProps {
  inbox: Inbox;
  isOpen: boolean;
  onToggle(): void;
}

/** One inbox; opened, everything about it. */
export function InboxCard({ inbox, isOpen, onToggle }: InboxCardProps) {
  const { t } = useTranslation(['settings', 'app']);
  const { may } = useSession();
  const contentId = useId();
  return (
    <section aria-label={inbox.name} className="rounded-xl border border-line">
      <h2>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={contentId}
          onClick={onToggle}
          className="flex w-full items-center gap-3 rounded-xl px-4 py-3 text-start hover:bg-hover"
        >
          <span
            aria-hidden="true"
            className="grid size-9 shrink-0 place-items-center rounded-lg text-on-accent"
            style={{ backgroundColor: inbox.color }}
          >
            <Globe className="size-4.5" />
          </span>
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium">{inbox.name}</span>
            <span className="block text-muted text-sm">
              {t('summary', { count: inbox.memberIds.length })}
            </span>
          </span>
          <ChevronDown
            aria-hidden="true"
            className={classes('size-4 text-faint transition-transform', isOpen && 'rotate-180')}
          />
        </button>
      </h2>
      <div id={contentId} hidden={!isOpen} className="divide-y divide-line border-line border-t">
        {isOpen && (
          <>
            <Part title={t('install.title')} text={t('install.text')}>
              <CopyField
                label={t('install.tag')}
                text={scriptTag(inbox.key)}
                copyLabel={t('app:copy')}
                copiedLabel={t('app:copied')}
              />
              <a
                href={demoPath(inbox.key)}
                target="_blank"
                rel="noreferrer"
                className={classes(buttonClasses({ look: 'quiet', size: 'small' }), '-ms-2.5 mt-2')}
              >
                {t('install.demo')}
                <ExternalLink aria-hidden="true" />
              </a>
            </Part>
            {may.changeSettings && (
              <Part title={t('look.title')} text={t('look.text')}>
                <InboxLook key={inbox.id} inbox={inbox} />
              </Part>
            )}
            <Part title={t('members.title')} text={t('members.text')}>
              <InboxMembers inbox={inbox} mayChange={may.changeSettings} />
            </Part>
          </>
        )}
      </div>
    </section>
  );
}

function Part({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <div className="px-4 py-5">
      <h3 className="font-medium">{title}</h3>
      <p className="mb-3 text-muted text-sm">{text}</p>
      {children}
    </div>
  );
}
