import { Link } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { buttonClasses } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useTranslation } from './use-translation.ts';

/** In the place of a page that is not for this role, also when the role changed while one looked. */
export function Forbidden() {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<Lock />}
      title={t('forbidden.title')}
      action={
        <Link to="/" className={buttonClasses({ look: 'primary' })}>
          {t('lost.home')}
        </Link>
      }
    >
      {t('forbidden.text')}
    </EmptyState>
  );
}
