import {
  DEFAULT_LOOK,
  NO_PRE_CHAT,
  type PreChat,
  type TeamRule,
  type WidgetLook,
} from '@deskbell/contract';

export interface InboxRow {
  id: string;
  version: number;
  name: string;
  channel: 'web';
  /** Public: stands in the script tag. */
  key: string;
  color: string;
  greeting: string;
  look: WidgetLook;
  /** May embed the widget; none named: all may. */
  domains: string[];
  memberIds: string[];
  /** The teams that serve it. */
  teamIds: string[];
  /** Asked before the first message. */
  preChat: PreChat;
  /** The first that holds says which team gets what is opened. */
  teamRules: TeamRule[];
}

const DEFAULT_COLOR = '#4f46e5';

/** A web inbox as it begins. Its key is public: 20 hexadecimal digits, 74 bits of them random, for the script tag. */
export function newInbox(given: { name: string; newId(): string; memberIds: string[] }): InboxRow {
  return {
    id: given.newId(),
    version: 1,
    name: given.name,
    channel: 'web',
    key: given.newId().replaceAll('-', '').slice(12),
    color: DEFAULT_COLOR,
    greeting: '',
    look: DEFAULT_LOOK,
    domains: [],
    memberIds: given.memberIds,
    teamIds: [],
    preChat: NO_PRE_CHAT,
    teamRules: [],
  };
}
