import type { Agent, Availability } from '@deskbell/contract';
import { createContext, lazy, type ReactNode, Suspense, use, useState } from 'react';
import { useClient, useStore } from '../../app/client.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { useSignOut } from '../../app/use-sign-out.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { showToast } from '../../ui/toast.ts';
import type { Fate } from './leaving-dialog.tsx';

const LeavingDialog = lazy(() => import('./leaving-dialog.tsx'));

interface Switch {
  /** Null until the desk knows. */
  availability: Availability | null;
  /** Away by itself, until a desk is touched. */
  isIdle: boolean;
  /** Turns it; answers whether it was done. Going offline asks first what becomes of open conversations. */
  turn(to: Availability): Promise<boolean>;
  /** Signs out, which is offline at once: it asks the same. */
  signOut(): void;
}

const SwitchContext = createContext<Switch | null>(null);

/** The agent's own switch, at hand wherever the desk needs it, with its shortcuts. */
export function SwitchProvider({ children }: { children: ReactNode }) {
  const client = useClient();
  const { availability = null, isIdle = false } = useOwnAgent() ?? {};
  const send = useSend();
  const leave = useSignOut();
  const [asking, setAsking] = useState<{ count: number; then(fate: Fate): void } | null>(null);

  /** asks only where there is something to decide. */
  const unlessAsked = (then: (fate?: Fate) => void) => {
    const me = client.store.me?.id;
    const count = client.store.entities.conversations
      .all()
      .filter(({ status, assigneeId }) => status === 'open' && assigneeId === me).length;
    if (count === 0 || availability === 'offline') return then();
    setAsking({ count, then });
  };
  const turn = async (to: Availability) => {
    if (to !== 'offline') return send(to);
    unlessAsked((fate) => void send(to, fate));
    return false;
  };
  useShortcut('goOnline', () => void turn('online'));
  useShortcut('goAway', () => void turn('away'));
  useShortcut('goOffline', () => void turn('offline'));
  const signOut = () => unlessAsked((fate) => void leave(fate));
  return (
    <SwitchContext value={{ availability, isIdle, turn, signOut }}>
      {children}
      <Suspense>
        {asking && (
          <LeavingDialog
            count={asking.count}
            onChoose={asking.then}
            onClosed={() => setAsking(null)}
          />
        )}
      </Suspense>
    </SwitchContext>
  );
}

export function useSwitch(): Switch {
  const found = use(SwitchContext);
  if (!found) throw new Error('There is no switch here');
  return found;
}

function useOwnAgent(): Agent | undefined {
  return useStore((store) => store.entities.agents.get(store.me?.id ?? ''));
}

function useSend() {
  const { t } = useTranslation();
  const client = useClient();
  const textOf = useProblemText();
  return async (availability: Availability, conversations?: Fate): Promise<boolean> => {
    const outcome = await client.send('agent.set-availability', { availability, conversations });
    if (!('code' in outcome)) return true;
    if (outcome.code !== 'dropped')
      showToast({
        tone: 'danger',
        title: t('presence.failed'),
        description: textOf(outcome),
      });
    return false;
  };
}
