import { expect, it } from 'vitest';
import { deviceOf } from './device.ts';

it('R-18.1 a session names browser, system and kind of device', () => {
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  expect(deviceOf(firefox)).toEqual({ browser: 'Firefox', system: 'Linux', kind: 'computer' });
  const phone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';
  expect(deviceOf(phone)).toEqual({ browser: 'Safari', system: 'iOS', kind: 'phone' });
  expect(deviceOf('')).toEqual({ browser: '', system: '', kind: 'other' });
  expect(deviceOf('\u0000 what ever')).toMatchObject({ kind: 'other' });
});
