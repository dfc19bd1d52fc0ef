/** What the policy looks at: an agent's standing, and whether they serve the conversation's inbox and are in it. */
export interface Standing {
  isActive: boolean;
  isSupervisor: boolean;
  servesInbox: boolean;
}

/** Seeing: who serves the inbox, and supervisors. "Not yours" and "not there" are one answer. */
export const maySee = (agent: Standing): boolean =>
  agent.isActive && (agent.servesInbox || agent.isSupervisor);

/** the assignee, a participant or a supervisor. */
export const mayMarkPending = (agent: Standing, isIn: boolean): boolean =>
  isIn || agent.isSupervisor;

/** who is in it, a supervisor, and anybody while nobody has it. */
export const mayClose = (agent: Standing, of: { isIn: boolean; isUntaken: boolean }): boolean =>
  of.isIn || of.isUntaken || agent.isSupervisor;
