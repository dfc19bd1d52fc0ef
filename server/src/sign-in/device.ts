import Bowser from 'bowser';

/** What stands at the other end of a session, as far as its browser says. Blank: it doesn't. */
export interface Device {
  browser: string;
  system: string;
  kind: 'computer' | 'phone' | 'tablet' | 'other';
}

const kinds: Record<string, Device['kind']> = {
  desktop: 'computer',
  mobile: 'phone',
  tablet: 'tablet',
};

export function deviceOf(userAgent: string): Device {
  if (userAgent === '') return { browser: '', system: '', kind: 'other' };
  const { browser, os, platform } = Bowser.parse(userAgent);
  return {
    browser: browser.name ?? '',
    system: os.name ?? '',
    kind: kinds[platform.type ?? ''] ?? 'other',
  };
}
