import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef } from 'react';

/**
 * Whoever is at the end stays there when there is less room: the composer grew, a phone's keyboard came
 * up, the window became narrower. (Rows that change are the virtualizer's business.)
 */
export function useStayAtEnd(
  scroller: HTMLDivElement,
  virtualizer: Virtualizer<HTMLDivElement, HTMLDivElement>,
  isAtEnd: boolean,
): void {
  const size = useRef('');
  const wasAtEnd = useRef(true);
  // Not while the size is a new one: that is what moved the end away.
  useLayoutEffect(() => {
    if (size.current === sizeOf(scroller)) wasAtEnd.current = isAtEnd;
  });
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (wasAtEnd.current) virtualizer.scrollToEnd();
      size.current = sizeOf(scroller);
    });
    observer.observe(scroller);
    return () => observer.disconnect();
  }, [scroller, virtualizer]);
}

const sizeOf = ({ clientWidth, clientHeight }: HTMLDivElement) => `${clientWidth}×${clientHeight}`;
