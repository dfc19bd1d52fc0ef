import { useEffect, useState } from 'react';
import { useConnection } from './client.tsx';

/** A break shorter than this, in ms, heals before anybody would care. */
const PATIENCE_MS = 2_000;

/** The line to the server has been gone for long enough to say so. */
export function useIsCutOff(): boolean {
  const isGone = useConnection().name !== 'live';
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isGone) return setLong(false);
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isGone]);
  return isGone && isLong;
}
