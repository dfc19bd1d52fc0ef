import type { Inbox, TeamRule } from '@deskbell/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from '../../app/client.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import type { SaveState } from './use-inbox-draft.ts';

const PAUSE_MS = 600;

/** The rules of an inbox, shown at once as they were changed and sent whole after a pause. */
export function useTeamRules({ id, teamRules }: Inbox) {
  const client = useClient();
  const textOf = useProblemText();
  const [drafted, setDrafted] = useState<TeamRule[] | null>(null);
  const [state, setState] = useState<SaveState>('idle');
  const [problem, setProblem] = useState<string | null>(null);
  const latest = useRef({ drafted, textOf });
  latest.current = { drafted, textOf };

  const flush = useCallback(async () => {
    const sent = latest.current.drafted;
    if (!sent) return;
    setState('saving');
    const outcome = await client.send('inbox.change-team-rules', { inboxId: id, teamRules: sent });
    setState('code' in outcome ? 'failed' : 'saved');
    setProblem('code' in outcome ? latest.current.textOf(outcome) : null);
    // What was changed meanwhile is sent by itself.
    if (!('code' in outcome)) setDrafted((now) => (now === sent ? null : now));
  }, [client, id]);
  useEffect(() => {
    if (!drafted) return;
    const timer = setTimeout(() => void flush(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [drafted, flush]);
  // Who leaves the page within the pause has meant it.
  useEffect(() => () => void flush(), [flush]);
  return { rules: drafted ?? teamRules, change: setDrafted, state, problem };
}
