import { CSPProvider } from '@base-ui/react/csp-provider';
import { DirectionProvider } from '@base-ui/react/direction-provider';
import { Outlet } from '@tanstack/react-router';
import { fetchedLater } from '../ui/fetched-later.tsx';
import { useTranslation } from './use-translation.ts';

const Toaster = fetchedLater(async () => (await import('../ui/toaster.tsx')).Toaster);
const Tooltips = fetchedLater(async () => (await import('../ui/tooltips.tsx')).Tooltips);

/** Around every page: what Base UI may do under the policy, tooltips, and the corner of messages. */
export function Root() {
  const { t } = useTranslation();
  return (
    <CSPProvider disableStyleElements>
      <DirectionProvider direction={document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr'}>
        <Outlet />
        <Toaster label={t('messages')} closeLabel={t('dismiss')} />
        <Tooltips />
      </DirectionProvider>
    </CSPProvider>
  );
}
