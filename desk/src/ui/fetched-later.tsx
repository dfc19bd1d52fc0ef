import { type ComponentType, useEffect, useState } from 'react';

/** For a browser that is never idle, and for Safari, which has no idle time to give. */
const AT_LATEST_MS = 2_000;
/** Nobody said that the first screen is there: it failed, or has nothing to wait for. */
const FIRST_SCREEN_MS = 5_000;

let tellShown: () => void = () => undefined;
const shown = new Promise<void>((resolve) => {
  tellShown = resolve;
  setTimeout(resolve, FIRST_SCREEN_MS);
});

/** What somebody came for stands there: from now on what comes later may be fetched. */
export function useFirstScreen(isThere = true): void {
  useEffect(() => {
    if (isThere) tellShown();
  }, [isThere]);
}

/**
 * What the first screen can do without, such as the inside of a menu: fetched after it, when the browser has
 * time, so that it is there before anybody asks for it. Nothing is drawn until it is; what could not be
 * fetched is tried again with the next drawing (the bar above says that the server is out of reach).
 */
export function fetchedLater<Props extends object>(
  fetch: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let Fetched: ComponentType<Props> | undefined;
  let fetching: Promise<void> | undefined;
  const get = () => {
    fetching ??= fetch()
      .then((component) => {
        Fetched = component;
      })
      .catch(() => {
        fetching = undefined;
      });
    return fetching;
  };
  void shown.then(() => whenIdle(() => void get()));
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each chunk, at the top of a module
  return function FetchedLater(props: Props) {
    const [, redraw] = useState(Fetched !== undefined);
    useEffect(() => {
      if (!Fetched)
        void wanted()
          .then(get)
          .then(() => Fetched && redraw(true));
    });
    return Fetched ? <Fetched {...props} /> : null;
  };
}

/** At once where somebody has already clicked or typed. */
const wanted = () => (navigator.userActivation?.hasBeenActive ? Promise.resolve() : shown);

function whenIdle(act: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(act, { timeout: AT_LATEST_MS });
  else setTimeout(act, AT_LATEST_MS);
}
