import type { Agent } from '@deskbell/contract';

/** What an agent's switch says, told apart where it turned by itself; the key of its word. */
export const stateOf = ({ availability, isIdle }: Pick<Agent, 'availability' | 'isIdle'>) =>
  isIdle ? 'idle' : availability;
