/**
 * Every kind of event in the log. An event is thin: it names the entity that changed and its version;
 * the content is read from rows. `contact`: whether a contact is told, when it is their conversation.
 */
export const events = {
  'workspace.changed': { entity: 'workspace', contact: false },
  'workspace.settings-changed': { entity: 'workspace', contact: false },
  'agent.added': { entity: 'agent', contact: false },
  'agent.changed': { entity: 'agent', contact: false },
  'agent.availability-changed': { entity: 'agent', contact: false },
  'agent.deactivated': { entity: 'agent', contact: false },
  'agent.reactivated': { entity: 'agent', contact: false },
  'contact.added': { entity: 'contact', contact: false },
  'contact.changed': { entity: 'contact', contact: false },
  'inbox.added': { entity: 'inbox', contact: false },
  'inbox.changed': { entity: 'inbox', contact: false },
  'inbox.member-added': { entity: 'inbox', contact: false },
  'inbox.member-removed': { entity: 'inbox', contact: false },
  'label.added': { entity: 'label', contact: false },
  'label.changed': { entity: 'label', contact: false },
  'team.added': { entity: 'team', contact: false },
  'team.changed': { entity: 'team', contact: false },
  'team.deleted': { entity: 'team', contact: false },
  'team.restored': { entity: 'team', contact: false },
  'team.member-added': { entity: 'team', contact: false },
  'team.member-removed': { entity: 'team', contact: false },
  'inbox.team-added': { entity: 'inbox', contact: false },
  'inbox.team-removed': { entity: 'inbox', contact: false },
  'conversation.opened': { entity: 'conversation', contact: true },
  'conversation.assigned': { entity: 'conversation', contact: true },
  'conversation.joined': { entity: 'conversation', contact: false },
  'conversation.unassigned': { entity: 'conversation', contact: true },
  'conversation.invited': { entity: 'conversation', contact: false },
  'conversation.detached': { entity: 'conversation', contact: true },
  'conversation.flagged': { entity: 'conversation', contact: false },
  'conversation.unflagged': { entity: 'conversation', contact: false },
  'conversation.labelled': { entity: 'conversation', contact: false },
  'conversation.left': { entity: 'conversation', contact: true },
  'conversation.transferred': { entity: 'conversation', contact: true },
  'conversation.pending': { entity: 'conversation', contact: false },
  'conversation.resumed': { entity: 'conversation', contact: true },
  'conversation.closed': { entity: 'conversation', contact: true },
  'conversation.reopened': { entity: 'conversation', contact: true },
  'message.added': { entity: 'conversation', contact: true },
  'note.added': { entity: 'conversation', contact: false },
} as const;

export type EventKind = keyof typeof events;
export type EventEntity = (typeof events)[EventKind]['entity'];
