import { useEffect, useRef } from 'react';
import { useStore } from './client.tsx';
import { type Asked, useAsked } from './use-asked.ts';

/** For admins: how something is set up that the store doesn't hold, asked anew with every change of the set-up. */
export function useAskedAnew<Answer extends object>(path: string | null): Asked<Answer> {
  const asked = useAsked<Answer>(path);
  const { again } = asked;
  const audited = useStore((store) => store.audited);
  const askedAt = useRef(audited);
  useEffect(() => {
    if (askedAt.current === audited) return;
    askedAt.current = audited;
    void again();
  }, [audited, again]);
  return asked;
}
