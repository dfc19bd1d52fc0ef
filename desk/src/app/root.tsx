import { CSPProvider } from '@base-ui/react/csp-provider';
import { DirectionProvider } from '@base-ui/react/direction-provider';
import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Toaster } from '../ui/toast.tsx';
import { TooltipProvider } from '../ui/tooltip.tsx';

/** Around every page: what Base UI may do under the policy, tooltips, and the corner of messages. */
export function Root() {
  const { t } = useTranslation();
  return (
    <CSPProvider disableStyleElements>
      <DirectionProvider direction={document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr'}>
        <TooltipProvider delay={500}>
          <Outlet />
          <Toaster label={t('messages')} closeLabel={t('dismiss')} />
        </TooltipProvider>
      </DirectionProvider>
    </CSPProvider>
  );
}
