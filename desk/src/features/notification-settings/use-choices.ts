import type { AlertChoices, Alerts } from '@deskbell/contract';
import { useState } from 'react';
import { ask, isProblem } from '../../app/api.ts';
import { useClient, useStore } from '../../app/client.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { showToast } from '../../ui/toast.ts';

export interface Choices {
  /** null until they have come. */
  chosen: AlertChoices | null;
  change(changed: Partial<AlertChoices>): void;
}

/** Shown as chosen at once; taken back where the server says no. */
export function useChoices(): Choices {
  const client = useClient();
  const textOf = useProblemText();
  const stored = useStore((store) => store.entities.alerts.all()[0] ?? null);
  const [pending, setPending] = useState<Partial<AlertChoices>>({});
  const change = async (changed: Partial<AlertChoices>) => {
    setPending((before) => ({ ...before, ...changed }));
    const answer = await ask<{ alerts: Alerts }>('PATCH', '/me/alerts', changed);
    if (isProblem(answer)) showToast({ tone: 'danger', title: textOf(answer) });
    else client.store.put({ alerts: [answer.alerts] });
    setPending((before) => without(before, changed));
  };
  return {
    chosen: stored && { ...stored, ...pending },
    change: (changed) => void change(changed),
  };
}

/** What has been chosen once more meanwhile stays. */
const without = (before: Partial<AlertChoices>, changed: Partial<AlertChoices>) =>
  Object.fromEntries(
    Object.entries(before).filter(([name, value]) => changed[name as keyof AlertChoices] !== value),
  ) as Partial<AlertChoices>;
