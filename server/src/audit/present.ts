import type { AgentId, AuditEntry } from '@deskbell/contract';
import type { AuditRow } from './sql.ts';

export function auditEntry(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: row.at,
    by:
      row.actorKind === 'agent'
        ? { kind: 'agent', id: row.actorId as AgentId, name: row.actorName ?? '' }
        : { kind: 'system' },
    what: row.what,
    subject: { id: row.subjectId, name: row.subjectName },
    whom: row.whomId === null ? null : { id: row.whomId, name: row.whomName ?? '' },
    changes: row.changes.map(({ field, before, after }) => ({ field, before, after })),
  };
}
