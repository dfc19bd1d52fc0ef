import { Link } from '@tanstack/react-router';
import { ExternalLink, UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonClasses } from '../ui/button.tsx';
import { CopyField } from '../ui/copy-field.tsx';
import { BellMark } from './bell-mark.tsx';
import { demoPath, scriptTag } from './script-tag.ts';
import { useSession } from './session-context.tsx';
import { useTranslation } from './use-translation.ts';

/** What to do in a workspace in which nobody has written yet. */
export default function FirstSteps({ inboxKey }: { inboxKey: string }) {
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
  children: ReactNode;
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
