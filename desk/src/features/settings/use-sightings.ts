import type { InboxId, Sighting } from '@deskbell/contract';
import { useEffect } from 'react';
import { type Asked, useAsked } from '../../app/use-asked.ts';

/** While somebody has just set the script tag and waits to see it. In ms. */
const EVERY_MS = 4_000;

/** The sites on which the widget was seen, the latest first. */
export function useSightings(inboxId: InboxId): Asked<{ sightings: Sighting[] }> {
  const asked = useAsked<{ sightings: Sighting[] }>(`/inboxes/${inboxId}/sightings`);
  const { again } = asked;
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) void again();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [again]);
  return asked;
}
