import { defaultSettings, settingKeys, settingsChangeSchema } from '@deskbell/contract';
import { expect, it } from 'vitest';
import { en } from '../../app/texts/en.ts';
import { catalogue, pagesInUse, placedKeys, placedOn, placeOf } from './catalogue.ts';
import { divided, unitMs } from './duration.ts';
import { choicesOf, rangeOf } from './setting-text.ts';

it('R-18.3 every setting stands on a page, or says why it stands on none', () => {
  for (const key of settingKeys) {
    const place: object = catalogue[key];
    const isPlaced =
      'page' in place && pagesInUse.some((page) => placedOn(page).includes(key as never));
    const reason = 'elsewhere' in place ? String(place.elsewhere) : '';
    expect(isPlaced || reason.length > 10, key).toBe(true);
  }
  expect(Object.keys(en.settings.setting).sort()).toEqual([...placedKeys].sort());
});

it('R-18.3 each control can show its default, and reach both ends of its range', () => {
  for (const key of placedKeys) {
    const { control } = placeOf(key);
    if (control.kind === 'choice') {
      const words = Object.keys((en.settings.choices as Record<string, object>)[key] ?? {});
      expect(words.sort(), key).toEqual([...choicesOf(key)].sort());
    }
    if (control.kind !== 'duration') continue;
    const { min, max } = rangeOf(key);
    for (const ms of [defaultSettings[key], min, max]) {
      if (typeof ms !== 'number') throw new Error(`${key} has no range`);
      const { amount, unit } = divided(ms, control.units);
      expect(amount * unitMs[unit], key).toBe(ms);
      expect(settingsChangeSchema.safeParse({ [key]: ms }).success, key).toBe(true);
    }
  }
});
