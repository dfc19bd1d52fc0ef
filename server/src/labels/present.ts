import type { Label, LabelId } from '@deskbell/contract';
import type { LabelRow } from './sql.ts';

export function labelForAgents({ id, version, name, color, isDeleted }: LabelRow): Label {
  return { id: id as LabelId, version, name, color, isDeleted };
}
