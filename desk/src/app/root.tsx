import { CSPProvider } from '@base-ui/react/csp-provider';
import { DirectionProvider } from '@base-ui/react/direction-provider';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { TooltipProvider } from '../ui/tooltip.tsx';

// What nothing needs at the first sight is fetched after it.
const Toaster = lazy(async () => ({ default: (await import('../ui/toaster.tsx')).Toaster }));

/** Around every page: what Base UI may do under the policy, tooltips, and the corner of messages. */
export function Root() {
  const { t } = useTranslation();
  return (
    <CSPProvider disableStyleElements>
      <DirectionProvider direction={document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr'}>
        <TooltipProvider delay={500}>
          <Outlet />
          <Suspense>
            <Toaster label={t('messages')} closeLabel={t('dismiss')} />
          </Suspense>
        </TooltipProvider>
      </DirectionProvider>
    </CSPProvider>
  );
}
