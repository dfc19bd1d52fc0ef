import { type SettingKey, settingsSchema } from '@deskbell/contract';
import { useTranslation } from '../../app/use-translation.ts';
import { type PlacedKey, placeOf } from './catalogue.ts';
import { durationText, type Unit } from './duration.ts';

/** The smallest and the largest that the contract allows; undefined where it says none. */
export function rangeOf(key: SettingKey): { min: number | undefined; max: number | undefined } {
  const schema: unknown = settingsSchema.shape[key].unwrap();
  const { minValue, maxValue } = schema as { minValue?: number | null; maxValue?: number | null };
  return { min: minValue ?? undefined, max: maxValue ?? undefined };
}

/** The values of a setting that is a choice. */
export function choicesOf(key: SettingKey): readonly string[] {
  const { options } = settingsSchema.shape[key].unwrap() as { options?: readonly string[] };
  return options ?? [];
}

/** Says a setting's value as people read it: `15 minutes`, `On`, `German`. */
export function useSettingText(): (key: PlacedKey, value: unknown) => string {
  const { t, i18n } = useTranslation('settings');
  return (key, value) => {
    const { control } = placeOf(key);
    switch (control.kind) {
      case 'duration':
        return durationText(Number(value), { units: control.units, language: i18n.language });
      case 'count':
        return Number(value).toLocaleString(i18n.language);
      case 'switch':
        return t(value ? 'row.on' : 'row.off');
      case 'choice':
        return t(`choices.${key}.${value}` as 'choices.defaultLanguage.en');
    }
  };
}

/** What may be written, in the units of the control: `At least 1 minute, at most 90 days.` */
export function useRangeText(): (key: PlacedKey, units?: readonly Unit[]) => string {
  const { t, i18n } = useTranslation('settings');
  return (key, units) => {
    const { min = 0, max } = rangeOf(key);
    const say = (value: number) =>
      units
        ? durationText(value, { units, language: i18n.language })
        : value.toLocaleString(i18n.language);
    if (max === undefined) return t('row.atLeast', { min: say(min) });
    return t('row.range', { min: say(min), max: say(max) });
  };
}
