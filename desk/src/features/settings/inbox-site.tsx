import type { Inbox } from '@deskbell/contract';
import { CircleCheck, ExternalLink, LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { AskedProblem } from '../../app/asked-problem.tsx';
import { chatAddress, demoPath, scriptTag } from '../../app/script-tag.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { buttonClasses } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { SightingList } from './sighting-list.tsx';
import { useSightings } from './use-sightings.ts';

/** How the widget gets onto a site, whether it did, and the page for those who have none. */
export function InboxSite({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation(['settings', 'app']);
  const copying = { copyLabel: t('app:copy'), copiedLabel: t('app:copied') };
  return (
    <>
      <Part title={t('site.install')} text={t('site.installText')}>
        <CopyField label={t('site.tag')} text={scriptTag(inbox.key)} {...copying} />
        <NewTab href={demoPath(inbox.key)}>{t('site.demo')}</NewTab>
      </Part>
      <Part title={t('site.seen')} text={t('site.seenText')}>
        <Seen inbox={inbox} />
      </Part>
      <Part title={t('site.hosted')} text={t('site.hostedText')}>
        <CopyField label={t('site.address')} text={chatAddress(inbox.key)} {...copying} />
        <NewTab href={chatAddress(inbox.key)}>{t('site.openHosted')}</NewTab>
      </Part>
    </>
  );
}

function Seen({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation('settings');
  const asked = useSightings(inbox.id);
  const sightings = asked.answer?.sightings;
  const isSeen = sightings?.some(({ isRefused }) => !isRefused) ?? false;
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="flex items-center gap-2">
        {isSeen ? (
          <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-positive-text" />
        ) : (
          <LoaderCircle aria-hidden="true" className="size-4 shrink-0 text-faint" />
        )}
        {sightings && t(isSeen ? 'site.isSeen' : 'site.isUnseen')}
      </p>
      {sightings && sightings.length > 0 && <SightingList sightings={sightings} />}
      {!sightings && <AskedProblem asked={asked} />}
    </div>
  );
}

function Part({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="border-line border-b pb-6 last:border-0">
      <h2 className="font-semibold">{title}</h2>
      <p className="mb-3 text-muted text-sm">{text}</p>
      {children}
    </section>
  );
}

function NewTab({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className={`${buttonClasses({ look: 'quiet', size: 'small' })} -ms-2.5 mt-2`}
    >
      {children}
      <ExternalLink aria-hidden="true" />
    </a>
  );
}
