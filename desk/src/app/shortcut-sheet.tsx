import { useState } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Switch } from '../ui/switch.tsx';
import { areLettersOn, type Shortcut, shortcuts, useKeysOf } from './shortcuts.ts';
import { useKeepPreference } from './use-keep-preference.ts';
import { useTranslation } from './use-translation.ts';

const groups = ['lists', 'conversation', 'desk'] as const;
const names = Object.keys(shortcuts) as Shortcut[];

/** All that the keyboard can do, and the switch for those who dictate. */
export function ShortcutSheet({ onClose }: { onClose(): void }) {
  const keysOf = useKeysOf();
  const keep = useKeepPreference();
  const { t } = useTranslation();
  const [areOn, setOn] = useState(areLettersOn);
  const change = (isOn: boolean) => {
    keep({ areLettersOn: isOn });
    setOn(isOn);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="large"
      title={t('shortcuts.title')}
      closeLabel={t('close')}
    >
      <div className="grid gap-x-6 gap-y-5 sm:grid-cols-3">
        {groups.map((group) => (
          <section key={group}>
            <h3 className="mb-1 font-medium text-faint text-xs">
              {t(`shortcuts.groups.${group}`)}
            </h3>
            <dl>
              {names
                .filter((name) => shortcuts[name].group === group)
                .map((name) => (
                  <div key={name} className="flex min-h-8 items-center justify-between gap-2">
                    <dt>{t(`shortcuts.names.${name}`)}</dt>
                    <dd>
                      <Kbd keys={keysOf(name)} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="mt-5 border-line border-t pt-4">
        <Switch
          label={t('shortcuts.letters')}
          hint={t('shortcuts.lettersHint')}
          isOn={areOn}
          onChange={change}
        />
      </div>
    </Dialog>
  );
}
