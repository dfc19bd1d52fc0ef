import type { AgentId, AuditTopic } from '@deskbell/contract';
import { dayIn } from '../../ui/days.ts';

/** What the audit log is narrowed to; a day as `2026-11-26`. */
export interface AuditFilter {
  by?: AgentId | undefined;
  topic?: AuditTopic | undefined;
  /** The first and the last day. */
  from?: string | undefined;
  until?: string | undefined;
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TOPIC = /^[a-z-]{1,40}$/;

/** From the address bar, so checked; what can't be is left out. Whether there is such a topic, the server says. */
export function auditFilterIn(search: Record<string, unknown>): AuditFilter {
  const { by, topic } = search;
  const [from, until] = [dayIn(search.from), dayIn(search.until)];
  return {
    ...(typeof by === 'string' && ID.test(by) && { by: by as AgentId }),
    ...(typeof topic === 'string' && TOPIC.test(topic) && { topic: topic as AuditTopic }),
    ...(from && { from }),
    ...(until && { until }),
  };
}
