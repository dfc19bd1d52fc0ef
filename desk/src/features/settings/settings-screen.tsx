import { getRouteApi, useLocation } from '@tanstack/react-router';
import { Forbidden } from '../../app/forbidden.tsx';
import { Page } from '../../app/page.tsx';
import { useSession } from '../../app/session-context.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { placedOn } from './catalogue.ts';
import { SettingRow } from './setting-row.tsx';
import { WorkspaceName } from './workspace-name.tsx';

const route = getRouteApi('/desk/shell/settings/$page');

/** A page of the workspace's settings: those of the catalogue that belong to it, each saving itself. */
export function SettingsScreen() {
  const { t } = useTranslation('settings');
  const { may } = useSession();
  const { page } = route.useParams();
  const { hash } = useLocation();
  const title = t(`pages.${page}.title`);
  if (!may.changeSettings)
    return (
      <Page title={title}>
        <Forbidden />
      </Page>
    );
  return (
    <Page title={title} text={t(`pages.${page}.text`)}>
      <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line">
        {page === 'workspace' && <WorkspaceName isSought={hash === 'name'} />}
        {placedOn(page).map((key) => (
          <SettingRow key={key} settingKey={key} isSought={hash === key} />
        ))}
      </ul>
    </Page>
  );
}
