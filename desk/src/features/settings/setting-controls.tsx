import { settingsChangeSchema } from '@deskbell/contract';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '../../app/use-translation.ts';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { fieldClasses, fieldHeights } from '../../ui/text-field.tsx';
import type { Control, PlacedKey } from './catalogue.ts';
import { amountText, divided, durationIn, type Unit, unitWord } from './duration.ts';
import { choicesOf, useRangeText } from './setting-text.ts';
import type { Setting } from './use-setting.ts';

/** Who types on is not interrupted; who pauses so long has meant it. */
const PAUSE_MS = 900;

interface ControlProps {
  settingKey: PlacedKey;
  setting: Setting;
  /** What it is called, and the ids of what describes it. */
  name: string;
  describedBy: string;
  /** Why what stands there can't be saved; null: it can. */
  error: string | null;
  setError(error: string | null): void;
  /** Another one: what was being typed counts no more. */
  round: number;
}

/** The control of a setting, by its kind. */
export function SettingControl({ control, ...props }: ControlProps & { control: Control }) {
  switch (control.kind) {
    case 'duration':
      return <DurationControl {...props} units={control.units} />;
    case 'count':
      return <CountControl {...props} />;
    case 'choice':
      return <ChoiceControl {...props} />;
    case 'switch':
      return (
        <Switch
          label={<span className="sr-only">{props.name}</span>}
          isOn={props.setting.value === (true as unknown)}
          onChange={(isOn) => props.setting.save(isOn as never)}
        />
      );
  }
}

const isAllowed = (key: PlacedKey, value: unknown) =>
  settingsChangeSchema.safeParse({ [key]: value }).success;

interface Draft {
  text: string;
  unit: Unit;
}

/** A length of time: an amount and its unit. Saved after a pause, by Enter, or when one leaves it. */
function DurationControl(props: ControlProps & { units: readonly Unit[] }) {
  const { settingKey, setting, name, describedBy, error, units } = props;
  const { t, i18n } = useTranslation('settings');
  const rangeText = useRangeText();
  const { amount, unit } = divided(Number(setting.value), units);
  const shown = { text: amountText(amount, i18n.language), unit };
  const typed = useTyped<Draft>(props, ({ text, unit: chosen }) => {
    const ms = durationIn(text, chosen);
    if (ms === null) return { error: t('row.noNumber') };
    if (!isAllowed(settingKey, ms)) return { error: rangeText(settingKey, units) };
    return { value: ms };
  });
  const draft = typed.draft ?? shown;
  const wordOf = (each: Unit) =>
    unitWord(Number(draft.text.replace(',', '.')) || 0, each, i18n.language);
  return (
    <div className="flex gap-2">
      <div className="w-24 shrink-0">
        <input
          type="text"
          inputMode="decimal"
          autoComplete="off"
          aria-label={name}
          aria-describedby={describedBy}
          aria-invalid={error !== null}
          value={draft.text}
          onChange={(event) => typed.change({ ...draft, text: event.target.value })}
          onBlur={typed.finish}
          onKeyDown={(event) => event.key === 'Enter' && typed.finish()}
          className={`${fieldClasses} ${fieldHeights.medium} text-end tabular-nums`}
        />
      </div>
      {units.length === 1 ? (
        <span className="self-center text-muted">{wordOf(units[0] ?? 'days')}</span>
      ) : (
        <Select
          aria-label={t('row.unitOf', { name })}
          value={draft.unit}
          options={units.map((each) => ({ value: each, label: wordOf(each) }))}
          onChange={({ target }) => typed.change({ ...draft, unit: target.value as Unit })}
        />
      )}
    </div>
  );
}

function CountControl(props: ControlProps) {
  const { settingKey, setting, name, describedBy, error } = props;
  const { t } = useTranslation('settings');
  const rangeText = useRangeText();
  const typed = useTyped<string>(props, (text) => {
    const count = /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
    if (count === null) return { error: t('row.noCount') };
    return isAllowed(settingKey, count) ? { value: count } : { error: rangeText(settingKey) };
  });
  return (
    <div className="w-24">
      <input
        type="text"
        inputMode="numeric"
        autoComplete="off"
        aria-label={name}
        aria-describedby={describedBy}
        aria-invalid={error !== null}
        value={typed.draft ?? String(setting.value)}
        onChange={(event) => typed.change(event.target.value)}
        onBlur={typed.finish}
        onKeyDown={(event) => event.key === 'Enter' && typed.finish()}
        className={`${fieldClasses} ${fieldHeights.medium} text-end tabular-nums`}
      />
    </div>
  );
}

function ChoiceControl({ settingKey, setting, name, describedBy }: ControlProps) {
  const { t } = useTranslation('settings');
  return (
    <Select
      aria-label={name}
      aria-describedby={describedBy}
      value={String(setting.value)}
      options={choicesOf(settingKey).map((value) => ({
        value,
        label: t(`choices.${settingKey}.${value}` as 'choices.defaultLanguage.en'),
      }))}
      onChange={({ target }) => setting.save(target.value as never)}
    />
  );
}

type Reading = { value: number } | { error: string };

/** What is being typed: shown as it is, saved once it can be and one pauses, in its place where it can't. */
function useTyped<Typed>(
  { setting, setError, round }: ControlProps,
  read: (typed: Typed) => Reading,
): { draft: Typed | null; change(typed: Typed): void; finish(): void } {
  const [draft, setDraft] = useState<Typed | null>(null);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const finish = (typed: Typed | null) => {
    clearTimeout(pause.current);
    if (typed === null) return;
    const reading = read(typed);
    setError('error' in reading ? reading.error : null);
    if ('error' in reading) return;
    setDraft(null);
    setting.save(reading.value as never);
  };
  const latest = useRef({ finish, draft });
  latest.current = { finish, draft };
  // biome-ignore lint/correctness/useExhaustiveDependencies: see `round`
  useEffect(() => {
    clearTimeout(pause.current);
    setDraft(null);
  }, [round]);
  // Who leaves the page within the pause has meant it.
  useEffect(() => () => latest.current.finish(latest.current.draft), []);
  return {
    draft,
    change(typed) {
      setDraft(typed);
      const reading = read(typed);
      if (!('error' in reading)) setError(null);
      clearTimeout(pause.current);
      pause.current = setTimeout(() => latest.current.finish(latest.current.draft), PAUSE_MS);
    },
    finish: () => finish(draft),
  };
}
