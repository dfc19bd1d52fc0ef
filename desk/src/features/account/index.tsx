import { Page } from '../../app/page.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { ChangePassword } from './change-password.tsx';
import { OwnDesk } from './own-desk.tsx';
import { Profile } from './profile.tsx';
import { Sessions } from './sessions.tsx';

/** All that is one's own: what others see, how the desk is to be, the password, where one is signed in. */
export function AccountScreen() {
  const { t } = useTranslation('account');
  return (
    <Page title={t('title')} text={t('text')}>
      <Profile />
      <OwnDesk />
      <ChangePassword />
      <Sessions />
    </Page>
  );
}
