import { Link } from '@tanstack/react-router';
import { ExternalLink, UserPlus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { buttonClasses } from '../ui/button.tsx';
import { CopyField } from '../ui/copy-field.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { BellMark } from './bell-mark.tsx';
import { useStore } from './client.tsx';
import { demoPath, scriptTag } from './script-tag.ts';
import { useSession } from './session-context.tsx';
import { shortcuts } from './shortcuts.ts';

/** The middle with nothing open: the first steps until somebody has written, afterwards a word on the keyboard. */
export function Welcome() {
  const counts = useStore((store) => store.counts);
  const inbox = useStore((store) => store.entities.inboxes.all()[0]);
  if (!counts) return null;
  const isNew = counts.open + counts.closed + counts.mine === 0;
  return (
    <div className="flex min-h-0 flex-1 overflow-y-auto">
      {isNew && inbox ? <FirstSteps inboxKey={inbox.key} /> : <NothingOpen />}
    </div>
  );
}

function FirstSteps({ inboxKey }: { inboxKey: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  return (
    <div className="m-auto w-full max-w-140 px-6 py-10">
      <BellMark className="mb-5 size-11" />
      <h1 className="text-balance font-semibold text-xl">{t('first.title')}</h1>
      <p className="mt-1 text-muted">{t('first.text')}</p>
      <ol className="mt-7 flex flex-col gap-7">
        <Step number={1} title={t('first.try')} text={t('first.tryText')}>
          <a
            href={demoPath(inboxKey)}
            target="_blank"
            rel="noreferrer"
            className={buttonClasses({ look: 'primary' })}
          >
            {t('first.openDemo')}
            <ExternalLink aria-hidden="true" />
          </a>
        </Step>
        <Step number={2} title={t('first.embed')} text={t('first.embedText')}>
          <CopyField
            label={t('first.tag')}
            text={scriptTag(inboxKey)}
            copyLabel={t('copy')}
            copiedLabel={t('copied')}
          />
        </Step>
        {may.inviteAs.length > 0 && (
          <Step number={3} title={t('first.invite')} text={t('first.inviteText')}>
            <Link to="/settings/people" className={buttonClasses()}>
              <UserPlus aria-hidden="true" />
              {t('first.inviteButton')}
            </Link>
          </Step>
        )}
      </ol>
    </div>
  );
}

interface StepProps {
  number: number;
  title: string;
  text: string;
  children: React.ReactNode;
}

function Step({ number, title, text, children }: StepProps) {
  return (
    <li className="flex gap-3.5">
      <span
        aria-hidden="true"
        className="grid size-6 shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-accent-text text-xs"
      >
        {number}
      </span>
      <div className="min-w-0 flex-1">
        <h2 className="font-medium leading-6">{title}</h2>
        <p className="mb-2.5 text-muted text-sm">{text}</p>
        {children}
      </div>
    </li>
  );
}

function NothingOpen() {
  const { t } = useTranslation();
  return (
    <div className="m-auto px-6 py-12 text-center">
      <h1 className="font-medium">{t('nothingOpen.title')}</h1>
      <p className="mt-0.5 text-muted text-sm">{t('nothingOpen.text')}</p>
      <dl className="mx-auto mt-5 w-72 text-start text-muted text-sm">
        {(['next', 'open', 'accept', 'help'] as const).map((name) => (
          <div key={name} className="flex min-h-7 items-center justify-between gap-4">
            <dt>{t(`shortcuts.names.${name}`)}</dt>
            <dd>
              <Kbd keys={shortcuts[name].keys} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
