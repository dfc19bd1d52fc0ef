import { deskThemes } from '@deskbell/contract';
import { Keyboard } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { type Language, languages } from '../../app/i18n.ts';
import { areLettersOn } from '../../app/shortcuts.ts';
import { useTheme } from '../../app/theme.ts';
import { useKeepPreference } from '../../app/use-keep-preference.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { Switch } from '../../ui/switch.tsx';

const KeysDialog = lazy(async () => ({ default: (await import('./keys-dialog.tsx')).KeysDialog }));

/** How the desk looks, speaks and listens, the same on all one's devices. */
export function OwnDesk() {
  const { t, i18n } = useTranslation(['account', 'app']);
  const theme = useTheme();
  const [areOn, setOn] = useState(areLettersOn);
  const [isOpen, setOpen] = useState(false);
  const keep = useKeepPreference();
  return (
    <section aria-labelledby="own-desk" className="mb-10">
      <h2 id="own-desk" className="font-semibold">
        {t('desk.title')}
      </h2>
      <p className="mb-3 text-muted text-sm">{t('desk.text')}</p>
      <div className="flex flex-col gap-5">
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            label={t('app:theme.label')}
            value={theme}
            options={deskThemes.map((value) => ({ value, label: t(`app:theme.${value}`) }))}
            onChange={({ target }) => keep({ theme: target.value as typeof theme })}
          />
          <SelectField
            label={t('app:language')}
            value={i18n.language}
            options={Object.entries(languages).map(([value, label]) => ({ value, label }))}
            onChange={({ target }) => keep({ language: target.value as Language })}
          />
        </div>
        <Switch
          label={t('app:shortcuts.letters')}
          hint={t('app:shortcuts.lettersHint')}
          isOn={areOn}
          onChange={(isOn) => {
            setOn(isOn);
            keep({ areLettersOn: isOn });
          }}
        />
        <Button icon={<Keyboard />} className="self-start" onClick={() => setOpen(true)}>
          {t('keys.open')}
        </Button>
      </div>
      <Suspense>
        {isOpen && (
          <KeysDialog
            onClose={() => setOpen(false)}
            onChange={(shortcuts) => keep({ shortcuts })}
          />
        )}
      </Suspense>
    </section>
  );
}
