import { expect, it } from 'vitest';
import { spoken } from './i18n.ts';

it('The desk speaks the first wanted language that it knows', () => {
  expect(spoken(['fr-FR', 'de-AT', 'en'])).toBe('de');
  expect(spoken(['en-GB', 'de'])).toBe('en');
  expect(spoken(['fr', 'toString'])).toBeUndefined();
});
