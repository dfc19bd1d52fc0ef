import { type LabelId, type Refusal, refuse } from '@deskbell/contract';
import { agents, changesSettings } from '../accounts/index.ts';
import { type AuditNote, differences } from '../platform/audit/audit.ts';
import { type Actor, type Decision, handler, isRefusal } from '../platform/pipeline/command.ts';
import { put, type State } from '../platform/pipeline/table.ts';
import { type LabelRow, labels } from './sql.ts';

/** More can't be told apart, and each desk holds all of them. */
const LABELS_LIMIT = 200;

const mayManage = (state: State, actor: Actor) =>
  actor.kind === 'system' || changesSettings(state.get(agents, actor.id));

/** The one door to a label that somebody changes. */
function accessLabel(state: State, actor: Actor, labelId: string): LabelRow | Refusal {
  const label = state.get(labels, labelId);
  if (!label) return refuse('not-found');
  return mayManage(state, actor) ? label : refuse('forbidden', 'Only admins change labels');
}

/** Why the labels in force leave no room for this one, or null. */
function refusedAmong(state: State, { id, name }: Pick<LabelRow, 'id' | 'name'>): Refusal | null {
  const others = [...state.all(labels)].filter((each) => !each.isDeleted && each.id !== id);
  if (others.some((each) => each.name.toLowerCase() === name.toLowerCase()))
    return refuse('already-exists', `There is a label “${name}” already`, { field: 'name' });
  return others.length < LABELS_LIMIT
    ? null
    : refuse('too-large', `${LABELS_LIMIT} labels are the most; delete one first`);
}

/** How it stands now, and what the audit log says of it. */
function stored(row: LabelRow, note: Omit<AuditNote, 'subject'>): Decision {
  const kind = note.what === 'label.added' ? 'label.added' : 'label.changed';
  return {
    puts: [put(labels, row)],
    events: [{ kind, id: row.id, version: row.version, audience: 'workspace' }],
    answer: {},
    audit: [{ ...note, subject: row }],
  } as Decision;
}

const nothing = { puts: [], events: [], answer: {} };

export const labelCommands = [
  handler({
    kind: 'label.create',
    needs: () => [],
    decide(state, { input, actor }, { newId }) {
      if (!mayManage(state, actor)) return refuse('forbidden', 'Only admins create labels');
      const row: LabelRow = { id: newId(), version: 1, ...input, isDeleted: false };
      const refused = refusedAmong(state, row);
      if (refused) return refused;
      return { ...stored(row, { what: 'label.added' }), answer: { labelId: row.id as LabelId } };
    },
  }),
  handler({
    kind: 'label.change',
    needs: () => [],
    decide(state, { input, actor }) {
      const label = accessLabel(state, actor, input.labelId);
      if (isRefusal(label)) return label;
      if (label.isDeleted) return refuse('not-found');
      const { name = label.name, color = label.color } = input;
      if (name === label.name && color === label.color) return nothing;
      const row = { ...label, name, color, version: label.version + 1 };
      const changes = differences(label, row);
      return refusedAmong(state, row) ?? stored(row, { what: 'label.changed', changes });
    },
  }),
  handler({
    kind: 'label.delete',
    needs: () => [],
    decide(state, { input, actor }) {
      const label = accessLabel(state, actor, input.labelId);
      if (isRefusal(label)) return label;
      if (label.isDeleted) return nothing;
      const row = { ...label, isDeleted: true, version: label.version + 1 };
      return stored(row, { what: 'label.deleted' });
    },
  }),
  handler({
    kind: 'label.restore',
    needs: () => [],
    decide(state, { input, actor }) {
      const label = accessLabel(state, actor, input.labelId);
      if (isRefusal(label)) return label;
      if (!label.isDeleted) return nothing;
      const row = { ...label, isDeleted: false, version: label.version + 1 };
      return refusedAmong(state, row) ?? stored(row, { what: 'label.restored' });
    },
  }),
];
