import type { CommandInput, SettingKey, Settings, Workspace } from '@deskbell/contract';
import type { AgentClient, OutboxItem } from '@deskbell/sdk';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useClient, useConnection, useStore } from '../../app/client.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useSession } from '../../app/session-context.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { showToast } from '../../ui/toast.ts';

/** `waiting`: for the connection. `elsewhere`: it was just changed on another screen. */
export type SaveState = 'idle' | 'saving' | 'waiting' | 'saved' | 'failed' | 'elsewhere';

/** One value of the workspace, live; whoever changes it has it saved at once. */
export interface WorkspaceValue<Value> {
  /** As it stands, or as it was just changed here. */
  value: Value;
  state: SaveState;
  /** What the server said against the last change. */
  problem: string | null;
  save(value: Value): void;
}

/** A field of the command that changes it. */
export interface Field {
  kind: 'workspace.change' | 'workspace.change-settings';
  name: string;
}

/** The workspace as every open desk has it; as it was at the sign-in until the store is there. */
function useWorkspace(): Pick<Workspace, 'id' | 'name' | 'settings'> & { version: number } {
  const { workspace } = useSession();
  return (
    useStore((store) => store.entities.workspaces.get(workspace.id)) ?? { ...workspace, version: 0 }
  );
}

/**
 * A value that saves itself: shown at once, sent at once, taken back by one press in the corner. While
 * there is no connection it waits in the outbox, over a reload too; what was refused says so at its place.
 * `shown`: how its name and a value are said. `of`: reads it from the workspace.
 */
export function useWorkspaceValue<Value extends Settings[SettingKey] | string>(
  field: Field,
  of: (workspace: Pick<Workspace, 'name' | 'settings'>) => Value,
  shown: (value: Value) => string,
): WorkspaceValue<Value> {
  const client = useClient();
  const textOf = useProblemText();
  const undoable = useUndoable<Value>(field, { of, shown });
  const connection = useConnection();
  const workspace = useWorkspace();
  const item = useSyncExternalStore(client.subscribe, () => lastItem(client, field));
  const [sent, setSent] = useState<{ value: Value; version: number } | null>(null);
  const [state, setState] = useState<'idle' | 'saving' | 'saved'>('idle');
  const stands = of(workspace);
  const elsewhere = useElsewhere(stands);

  const waits = item?.state === 'waiting' ? (inputOf(item, field) as Value) : undefined;
  const covers = sent?.version === workspace.version ? sent.value : undefined;
  const value = waits ?? covers ?? stands;
  const refusal = item?.state === 'failed' ? item.refusal : undefined;

  return {
    value,
    state: stateOf({ item, state, isLive: connection.name === 'live', isElsewhere: elsewhere.is }),
    problem: refusal ? textOf(refusal) : null,
    async save(next) {
      forgetRefused(client, field);
      if (next === value) return;
      const before = value;
      elsewhere.expect(next);
      setSent({ value: next, version: workspace.version });
      setState('saving');
      const outcome = await client.send(field.kind, inputWith(field, next));
      const isRefused = 'code' in outcome;
      if (isRefused) setSent(null);
      setState(isRefused ? 'idle' : 'saved');
      if (!isRefused) undoable({ before, now: next, expect: elsewhere.expect });
    },
  };
}

function stateOf(facts: {
  item: OutboxItem | undefined;
  state: 'idle' | 'saving' | 'saved';
  isLive: boolean;
  isElsewhere: boolean;
}): SaveState {
  const { item, state, isLive, isElsewhere } = facts;
  if (item?.state === 'failed') return 'failed';
  if (item?.state === 'waiting' || state === 'saving') return isLive ? 'saving' : 'waiting';
  return isElsewhere ? 'elsewhere' : state;
}

/** Whether it was changed, last of all, by somebody else: what was changed here is expected. */
function useElsewhere<Value>(stands: Value): { is: boolean; expect(value: Value): void } {
  const before = useRef(stands);
  const expected = useRef<Value | undefined>(undefined);
  const [is, set] = useState(false);
  useEffect(() => {
    if (before.current === stands) return;
    before.current = stands;
    set(stands !== expected.current);
  }, [stands]);
  return {
    is,
    expect(value) {
      expected.current = value;
      set(false);
    },
  };
}

/** Says in the corner what holds now, with the way back: also from another page, as long as nobody has changed it again. */
function useUndoable<Value>(
  field: Field,
  { of, shown }: { of(workspace: Workspace): Value; shown(value: Value): string },
) {
  const { t } = useTranslation('settings');
  const client = useClient();
  const textOf = useProblemText();
  const { id } = useWorkspace();
  return (change: { before: Value; now: Value; expect(value: Value): void }) => {
    const { before, now, expect } = change;
    const undo = async () => {
      const workspace = client.store.entities.workspaces.get(id);
      if (workspace && of(workspace) !== now)
        return showToast({ title: t('save.overtaken'), description: shown(of(workspace)) });
      expect(before);
      const outcome = await client.send(field.kind, inputWith(field, before));
      if ('code' in outcome) showToast({ tone: 'danger', title: textOf(outcome) });
      else showToast({ title: shown(before) });
    };
    const action = { label: t('save.undo'), onSelect: () => void undo() };
    showToast({ tone: 'positive', title: shown(now), action });
  };
}

const inputWith = ({ name }: Field, value: unknown) =>
  ({ [name]: value }) as CommandInput<'workspace.change-settings'> &
    CommandInput<'workspace.change'>;

const inputOf = ({ input }: OutboxItem, { name }: Field): unknown =>
  Object.entries(Object(input)).find(([key]) => key === name)?.[1];

const itemsOf = (client: AgentClient, field: Field): OutboxItem[] =>
  client.outbox
    .inLane('')
    .filter((item) => item.kind === field.kind && inputOf(item, field) !== undefined);

const lastItem = (client: AgentClient, field: Field) => itemsOf(client, field).at(-1);

/** The outbox keeps what was refused, so that it is said also after a reload; the next try puts an end to that. */
function forgetRefused(client: AgentClient, field: Field): void {
  for (const item of itemsOf(client, field))
    if (item.state === 'failed') client.outbox.drop(item.clientId);
}
