import conversation from '../../conversation-screen/de.json' with { type: 'json' };
import account from '../../features/account/de.json' with { type: 'json' };
import audit from '../../features/audit/de.json' with { type: 'json' };
import board from '../../features/board/de.json' with { type: 'json' };
import commandBar from '../../features/command-bar/de.json' with { type: 'json' };
import contactPanel from '../../features/contact-panel/de.json' with { type: 'json' };
import invitations from '../../features/invitations/de.json' with { type: 'json' };
import labels from '../../features/labels/de.json' with { type: 'json' };
import lists from '../../features/lists/de.json' with { type: 'json' };
import notificationSettings from '../../features/notification-settings/de.json' with {
  type: 'json',
};
import notifications from '../../features/notifications/de.json' with { type: 'json' };
import password from '../../features/password/de.json' with { type: 'json' };
import people from '../../features/people/de.json' with { type: 'json' };
import setUp from '../../features/set-up/de.json' with { type: 'json' };
import settings from '../../features/settings/de.json' with { type: 'json' };
import signIn from '../../features/sign-in/de.json' with { type: 'json' };
import teams from '../../features/teams/de.json' with { type: 'json' };
import workspaces from '../../features/workspaces/de.json' with { type: 'json' };
import app from '../de.json' with { type: 'json' };

/** All texts in German, by the folder they stand in. `conversation` holds those of timeline, composer and actions too. */
import type { en } from './en.ts';
export const de: typeof en = {
  account,
  app,
  audit,
  board,
  commandBar,
  contactPanel,
  conversation,
  invitations,
  labels,
  lists,
  notificationSettings,
  notifications,
  password,
  people,
  settings,
  setUp,
  signIn,
  teams,
  workspaces,
};
