import { useTranslation } from 'react-i18next';
import { Page } from '../../app/page.tsx';
import { Sessions } from './sessions.tsx';

/** All that is one's own: where one is signed in. */
export function AccountScreen() {
  const { t } = useTranslation('account');
  return (
    <Page title={t('title')} text={t('text')}>
      <Sessions />
    </Page>
  );
}
