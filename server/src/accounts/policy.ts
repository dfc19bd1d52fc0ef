import { type May, type Role, roles } from '@deskbell/contract';

type Holder = { role: Role; isActive: boolean } | undefined;

/** A supervisor can do all that an agent can, on every conversation of the workspace. */
export function seesEveryInbox(agent: Holder): boolean {
  return agent?.isActive === true && agent.role !== 'agent';
}

/** An admin also changes settings: inboxes and their members. */
export function changesSettings(agent: Holder): boolean {
  return agent?.isActive === true && (agent.role === 'admin' || agent.role === 'owner');
}

/** Admins invite; only an owner makes another owner. */
export function invitesAs(agent: Holder, role: Role): boolean {
  return changesSettings(agent) && (role !== 'owner' || agent?.role === 'owner');
}

/** Nobody changes somebody above themselves; among equals they may. */
export function manages(agent: Holder, target: { role: Role }): boolean {
  return invitesAs(agent, target.role);
}

/** All of it, for the screens. */
export function mayOf(agent: Holder): May {
  return {
    changeSettings: changesSettings(agent),
    seeEveryInbox: seesEveryInbox(agent),
    inviteAs: roles.filter((role) => invitesAs(agent, role)),
  };
}
