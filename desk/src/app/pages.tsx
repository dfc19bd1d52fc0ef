import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { CloudOff, Compass } from 'lucide-react';
import { Button, buttonClasses } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Progress } from '../ui/progress.tsx';
import { useTranslation } from './use-translation.ts';

/** While a page comes that takes longer than one notices. */
export function WaitingPage() {
  const { t } = useTranslation();
  return <Progress label={t('loading')} className="fixed inset-x-0 top-0" />;
}

export function LostPage() {
  const { t } = useTranslation();
  return (
    <main className="safe-page flex min-h-dvh">
      <EmptyState
        icon={<Compass />}
        title={<h1>{t('lost.title')}</h1>}
        action={
          <Link to="/" className={buttonClasses({ look: 'primary' })}>
            {t('lost.home')}
          </Link>
        }
      >
        {t('lost.text')}
      </EmptyState>
    </main>
  );
}

/** The server could not be asked, or a screen broke: both may go well the next time. */
export function FailedPage({ reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <main className="safe-page flex min-h-dvh">
      <EmptyState
        icon={<CloudOff />}
        title={<h1>{t('failed.title')}</h1>}
        action={
          <Button look="primary" onClick={again}>
            {t('failed.again')}
          </Button>
        }
      >
        {t('failed.text')}
      </EmptyState>
    </main>
  );
}
