import { useState } from 'react';
import { showToast } from '../ui/toast.ts';
import { useProblemText } from './problem-text.ts';

type Outcome = { answer: object } | { code: string; detail: string };
export type Send<Id extends string> = (id: Id, isOn: boolean) => Promise<Outcome>;

interface Switched<Id extends string> {
  /** How it stands by what the server last said. */
  isOn(id: Id): boolean;
  send: Send<Id>;
  /** The title of what is said when the server refuses. */
  failed: string;
}

/** Switches that stand at once as they were pressed, and go back, with the reason, if the server refuses. */
export function useSwitched<Id extends string>({ isOn, send, failed }: Switched<Id>) {
  const textOf = useProblemText();
  const [wanted, setWanted] = useState<ReadonlyMap<Id, boolean>>(new Map());
  return {
    isOn: (id: Id) => wanted.get(id) ?? isOn(id),
    async change(id: Id, next: boolean): Promise<void> {
      setWanted((before) => new Map(before).set(id, next));
      const outcome = await send(id, next);
      setWanted((before) => new Map([...before].filter(([each]) => each !== id)));
      if ('code' in outcome)
        showToast({ tone: 'danger', title: failed, description: textOf(outcome) });
    },
  };
}
