import { useNavigate } from '@tanstack/react-router';
import { Building2 } from 'lucide-react';
import { leavePlace } from '../../app/place.ts';
import { forgetSession } from '../../app/session.ts';
import { useSignOut } from '../../app/use-sign-out.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

/** Signed in, but no agent of the workspace that the address names: somebody else's link, or no longer. */
export function Elsewhere() {
  const { t } = useTranslation('workspaces');
  const navigate = useNavigate();
  const signOut = useSignOut();
  const goHome = () => {
    forgetSession();
    leavePlace();
    void navigate({ to: '/' });
  };
  return (
    <main className="safe-page flex min-h-dvh bg-surface">
      <title>{`${t('elsewhere.title')} · Deskbell`}</title>
      <EmptyState
        icon={<Building2 />}
        title={<h1>{t('elsewhere.title')}</h1>}
        action={
          <div className="flex flex-wrap justify-center gap-2">
            <Button look="primary" onClick={goHome}>
              {t('elsewhere.own')}
            </Button>
            <Button onClick={() => void signOut()}>{t('elsewhere.other')}</Button>
          </div>
        }
      >
        {t('elsewhere.text')}
      </EmptyState>
    </main>
  );
}
