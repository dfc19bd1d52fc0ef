import type { InboxId, Sighting } from '@deskbell/contract';
import { useEffect } from 'react';
import { useAsked } from '../../app/use-asked.ts';

/** While somebody has just set the script tag and waits to see it. In ms. */
const EVERY_MS = 4_000;

/** The sites on which the widget was seen, the latest first; undefined while they are asked for. */
export function useSightings(inboxId: InboxId): Sighting[] | undefined {
  const { answer, again } = useAsked<{ sightings: Sighting[] }>(`/inboxes/${inboxId}/sightings`);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) void again();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [again]);
  return answer?.sightings;
}
