import type { Frame, Page } from 'playwright-core';

/** What a page may show of a break. It is found while it is there, however short that is. */
const shapes = {
  skeleton: '.skeleton-pulse',
  alert: '[role=alert]',
  toast: '[role=region][aria-label=Messages] > *',
} as const;
/** As desk and widget say it. */
const words = {
  'cut off': 'connection is gone|No connection|You are offline',
  later: 'sent as soon as there is',
  failed: 'not sent|went wrong|not available at the moment',
} as const;
/** What had something in it must never stand empty. */
const places = { timeline: '[data-message]', list: '[data-card]', chat: '.bubble' } as const;

interface Watched {
  signs: Set<string>;
  /** By element, as each first read. */
  popUps: Map<Element, string>;
}
type Watching = typeof globalThis & { watched: Watched };

/** Looks at every change of a page from now on. */
export async function watchForSigns(page: Page | Frame): Promise<void> {
  await page.evaluate(
    (wanted) => {
      const watched: Watched = { signs: new Set(), popUps: new Map() };
      (globalThis as Watching).watched = watched;
      const find = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
      const filled = wanted.places.filter(([, selector]) => find(selector).length > 0);
      const isShown = (each: HTMLElement) =>
        each.checkVisibility() && (each.textContent !== '' || each.matches('.skeleton-pulse'));
      const said = () => document.body.textContent ?? '';
      const signs: [name: string, isThere: () => boolean][] = [
        ...wanted.shapes.map(([name, shape]): (typeof signs)[0] => [
          name,
          () => find(shape).some(isShown),
        ]),
        ...filled.map(([name, place]): (typeof signs)[0] => [
          `empty ${name}`,
          () => find(place).length === 0,
        ]),
        ...wanted.words.map(([name, words]): (typeof signs)[0] => [
          name,
          () => new RegExp(words).test(said()),
        ]),
      ];
      const look = () => {
        for (const [name, isThere] of signs) if (isThere()) watched.signs.add(name);
        for (const each of find('[data-pop-up]'))
          if (!watched.popUps.has(each)) watched.popUps.set(each, each.textContent ?? '');
      };
      const all = { subtree: true, childList: true, characterData: true, attributes: true };
      new MutationObserver(look).observe(document, all);
      look();
    },
    {
      shapes: Object.entries(shapes),
      words: Object.entries(words),
      places: Object.entries(places),
    },
  );
}

export const signsOn = (page: Page | Frame): Promise<string[]> =>
  page.evaluate(() => [...(globalThis as Watching).watched.signs].sort());

export const popUpsOn = (page: Page | Frame): Promise<string[]> =>
  page.evaluate(() => [...(globalThis as Watching).watched.popUps.values()]);
