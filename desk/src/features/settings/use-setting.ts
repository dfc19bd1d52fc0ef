import { defaultSettings, type SettingKey, type Settings } from '@deskbell/contract';
import { useTranslation } from '../../app/use-translation.ts';
import type { PlacedKey } from './catalogue.ts';
import { useSettingText } from './setting-text.ts';
import { useWorkspaceValue, type WorkspaceValue } from './use-workspace-value.ts';

export type SettingValue = Settings[SettingKey];

/** One setting of the workspace, live; it saves itself. */
export interface Setting extends WorkspaceValue<SettingValue> {
  /** What holds where nobody has chosen. */
  initial: SettingValue;
}

export function useSetting(key: PlacedKey): Setting {
  const { t } = useTranslation('settings');
  const textOf = useSettingText();
  const kept = useWorkspaceValue<SettingValue>(
    { kind: 'workspace.change-settings', name: key },
    ({ settings }) => settings[key],
    (value) => t('save.now', { name: t(`setting.${key}.name`), value: textOf(key, value) }),
  );
  return { ...kept, initial: defaultSettings[key] };
}
