import {
  type CommandInput,
  commands,
  type Inbox,
  type WidgetLookChange,
  withChange,
} from '@deskbell/contract';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useClient } from '../../app/client.tsx';
import { useProblemText } from '../../app/problem-text.ts';

export type InboxChange = Omit<CommandInput<'inbox.change'>, 'inboxId'>;

/** Where the draft of an inbox stands. */
export type SaveState = 'saved' | 'saving' | 'failed' | 'idle';

export interface InboxDraft {
  /** The inbox as it would be. */
  inbox: Inbox;
  /** Changes it; what is as it should be is saved after a pause. */
  change(change: InboxChange): void;
  /** Which part of it (`name`, `look.texts.en.heading`) can't be so. */
  isWrong(field: string): boolean;
  state: SaveState;
  /** What the server said against it. */
  problem: string | null;
}

const PAUSE_MS = 600;

/**
 * An inbox that saves itself: shown at once as it was changed, checked by the contract's own schema, sent
 * after a pause. What is wrong waits where it stands; what was refused stays shown, with the reason.
 */
export function useInboxDraft(saved: Inbox): InboxDraft {
  const client = useClient();
  const textOf = useProblemText();
  const [waiting, setWaiting] = useState<InboxChange>({});
  const [sent, setSent] = useState<InboxChange>({});
  const [state, setState] = useState<SaveState>('idle');
  const [problem, setProblem] = useState<string | null>(null);
  const wrong = useMemo(() => wrongIn(saved, waiting), [saved, waiting]);
  const latest = useRef({ waiting, wrong, textOf });
  latest.current = { waiting, wrong, textOf };
  const { id } = saved;

  const flush = useCallback(() => {
    const [ready, held] = parted(latest.current.waiting, latest.current.wrong);
    if (Object.keys(ready).length === 0) return;
    setWaiting(held);
    latest.current.waiting = held;
    setSent((before) => merged(before, ready));
    setState('saving');
    void client.send('inbox.change', { inboxId: id, ...ready }).then((outcome) => {
      if ('code' in outcome) {
        setState('failed');
        setProblem(latest.current.textOf(outcome));
        return;
      }
      setState('saved');
      setProblem(null);
    });
  }, [client, id]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the pause begins anew with each change
  useEffect(() => {
    const timer = setTimeout(flush, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [waiting, flush]);
  // What stands in the store covers what was sent for it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new version counts
  useEffect(() => {
    if (state === 'saved') setSent({});
  }, [state, saved.version]);
  // Who leaves the page within the pause has meant it.
  useEffect(() => flush, [flush]);

  return {
    inbox: applied(applied(saved, sent), waiting),
    change: (change) => setWaiting((before) => merged(before, change)),
    isWrong: (field) => wrong.includes(field),
    state: Object.keys(waiting).length > 0 && wrong.length === 0 ? 'saving' : state,
    problem,
  };
}

function applied(inbox: Inbox, { look, ...rest }: InboxChange): Inbox {
  const own = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { ...inbox, ...own, look: withChange(inbox.look, look ?? {}) };
}

function merged(before: InboxChange, { look, ...rest }: InboxChange): InboxChange {
  const both = { ...before, ...rest };
  return look ? { ...both, look: mergedLook(before.look ?? {}, look) } : both;
}

function mergedLook(before: WidgetLookChange, change: WidgetLookChange): WidgetLookChange {
  const look = { ...before, ...change };
  if (!before.texts || !change.texts) return look;
  const { en, de } = before.texts;
  return {
    ...look,
    texts: {
      ...((en || change.texts.en) && { en: { ...en, ...change.texts.en } }),
      ...((de || change.texts.de) && { de: { ...de, ...change.texts.de } }),
    },
  };
}

function wrongIn(inbox: Inbox, change: InboxChange): string[] {
  const parsed = commands['inbox.change'].input.safeParse({ inboxId: inbox.id, ...change });
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
}

/** What can be sent, and what waits until it is put right: whole fields, so that nothing is half done. */
function parted(change: InboxChange, wrong: readonly string[]): [InboxChange, InboxChange] {
  const isHeld = ([key]: [string, unknown]) =>
    wrong.some((path) => path === key || path.startsWith(`${key}.`));
  const entries = Object.entries(change);
  return [
    Object.fromEntries(entries.filter((entry) => !isHeld(entry))),
    Object.fromEntries(entries.filter(isHeld)),
  ];
}
