import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from '../../app/use-translation.ts';
import { type PlacedKey, placeOf } from './catalogue.ts';
import { SettingControl } from './setting-controls.tsx';
import { useSettingText } from './setting-text.ts';
import { StateLine } from './state-line.tsx';
import { type Setting, useSetting } from './use-setting.ts';

interface RowProps {
  id?: string;
  name: string;
  hint: string;
  hintId: string;
  /** It was searched for: shown, and marked for a moment. */
  isSought?: boolean;
  children: ReactNode;
}

/** What it is called and what it does on one side, the control on the other; below one another on a phone. */
export function Row({ id, name, hint, hintId, isSought = false, children }: RowProps) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!isSought) return;
    row.current?.scrollIntoView({ block: 'center' });
    row.current?.querySelector<HTMLElement>('input, select, button')?.focus();
  }, [isSought]);
  return (
    <li
      ref={row}
      id={id}
      className={`grid gap-x-8 gap-y-3 px-4 py-4 sm:grid-cols-[minmax(0,1fr)_17rem] ${isSought ? 'bg-accent-soft' : ''}`}
    >
      <div>
        <h2 className="font-medium">{name}</h2>
        <p id={hintId} className="mt-0.5 text-muted text-sm">
          {hint}
        </p>
      </div>
      <div className="min-w-0">{children}</div>
    </li>
  );
}

/** A setting of the catalogue: it shows, checks and saves itself. */
export function SettingRow({ settingKey, isSought }: { settingKey: PlacedKey; isSought: boolean }) {
  const { t } = useTranslation('settings');
  const setting = useSetting(settingKey);
  const [error, setError] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const id = useId();
  const name = t(`setting.${settingKey}.name`);
  return (
    <Row
      id={settingKey}
      name={name}
      hint={t(`setting.${settingKey}.hint`)}
      hintId={`${id}-hint`}
      isSought={isSought}
    >
      <SettingControl
        control={placeOf(settingKey).control}
        describedBy={`${id}-hint ${id}-state`}
        {...{ settingKey, setting, name, error, setError, round }}
      />
      <div id={`${id}-state`}>
        <Below
          {...{ settingKey, setting, error, name }}
          onReset={() => {
            setError(null);
            setRound(round + 1);
          }}
        />
      </div>
    </Row>
  );
}

interface BelowProps {
  settingKey: PlacedKey;
  setting: Setting;
  name: string;
  error: string | null;
  onReset(): void;
}

/** Below the control: what is wrong, how far it is saved, and the way to what it is by default. */
function Below({ settingKey, setting, name, error, onReset }: BelowProps) {
  const { t } = useTranslation('settings');
  const textOf = useSettingText();
  const { value, initial, state, problem, save } = setting;
  const isDefault = JSON.stringify(value) === JSON.stringify(initial);
  const wrong = error ?? problem;
  const byDefault = textOf(settingKey, initial);
  return (
    <StateLine wrong={wrong} state={state}>
      {wrong === null && state === 'idle' && (
        <span className="text-faint">
          {t(isDefault ? 'row.isDefault' : 'row.default', { value: byDefault })}
        </span>
      )}
      {((!isDefault && state !== 'saving') || error !== null) && (
        <ResetButton
          label={t('row.resetOf', { name, value: byDefault })}
          onPress={() => {
            onReset();
            save(initial);
          }}
        >
          {t('row.reset')}
        </ResetButton>
      )}
    </StateLine>
  );
}

function ResetButton(props: { label: string; onPress(): void; children: string }) {
  return (
    <button
      type="button"
      aria-label={props.label}
      onClick={({ currentTarget }) => {
        // It goes away with what it does; who uses the keyboard stays at the setting.
        currentTarget.closest('li')?.querySelector<HTMLElement>('input, select')?.focus();
        props.onPress();
      }}
      className="-mx-1 rounded-sm px-1 pointer-coarse:-my-2.5 pointer-coarse:py-2.5 font-medium text-accent-text underline-offset-2 hover:underline"
    >
      {props.children}
    </button>
  );
}
