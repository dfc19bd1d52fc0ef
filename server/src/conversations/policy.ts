/** What the policy looks at: how an agent stands towards a conversation. */
export interface Standing {
  isActive: boolean;
  isSupervisor: boolean;
  /** As `sees` of the contract says. */
  isInSight: boolean;
}

/** Seeing, as the contract's `sees` has it. "Not yours" and "not there" are one answer. */
export const maySee = (agent: Standing): boolean => agent.isActive && agent.isInSight;

/** the assignee, a participant or a supervisor. */
export const mayMarkPending = (agent: Standing, isIn: boolean): boolean =>
  isIn || agent.isSupervisor;

/** who is in it, a supervisor, and anybody while nobody has it. */
export const mayClose = (agent: Standing, of: { isIn: boolean; isUntaken: boolean }): boolean =>
  of.isIn || of.isUntaken || agent.isSupervisor;

/** giving it to somebody, or back to the queue: who is in it, a supervisor, and anybody while nobody has it. */
export const mayAssign = (...who: Parameters<typeof mayClose>): boolean => mayClose(...who);

/** who is in it brings colleagues in, and a supervisor. */
export const mayInvite = (agent: Standing, isIn: boolean): boolean => isIn || agent.isSupervisor;

/** as closing, which a flag keeps the clock from. */
export const mayFlag = (...who: Parameters<typeof mayClose>): boolean => mayClose(...who);

/** a supervisor alone goes beyond an agent's capacity. */
export const mayForce = (agent: Standing): boolean => agent.isSupervisor;

/** closing what others have is by force, and has a reason. */
export const needsReason = (of: { isIn: boolean; isUntaken: boolean }): boolean =>
  !of.isIn && !of.isUntaken;
