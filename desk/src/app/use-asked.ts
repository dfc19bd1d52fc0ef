import { useCallback, useEffect, useRef, useState } from 'react';
import { ask, isProblem, type Problem } from './api.ts';

export interface Asked<Answer> {
  /** null until it has come. */
  answer: Answer | null;
  problem: Problem | null;
  /** Asks anew; what was answered before stays until then. */
  again(): Promise<void>;
}

/** What isn't live, asked when the screen opens. `path` null: not asked at all. */
export function useAsked<Answer extends object>(path: string | null): Asked<Answer> {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const latest = useRef(0);
  const again = useCallback(async () => {
    if (path === null) return;
    latest.current += 1;
    const turn = latest.current;
    const next = await ask<Answer>('GET', path);
    if (turn !== latest.current) return;
    setProblem(isProblem(next) ? next : null);
    if (!isProblem(next)) setAnswer(next);
  }, [path]);
  useEffect(() => {
    void again();
    return () => {
      latest.current += 1;
    };
  }, [again]);
  return { answer, problem, again };
}
