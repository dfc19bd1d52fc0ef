import conversation from '../../conversation-screen/en.json' with { type: 'json' };
import account from '../../features/account/en.json' with { type: 'json' };
import audit from '../../features/audit/en.json' with { type: 'json' };
import board from '../../features/board/en.json' with { type: 'json' };
import commandBar from '../../features/command-bar/en.json' with { type: 'json' };
import contactPanel from '../../features/contact-panel/en.json' with { type: 'json' };
import invitations from '../../features/invitations/en.json' with { type: 'json' };
import labels from '../../features/labels/en.json' with { type: 'json' };
import lists from '../../features/lists/en.json' with { type: 'json' };
import notificationSettings from '../../features/notification-settings/en.json' with {
  type: 'json',
};
import notifications from '../../features/notifications/en.json' with { type: 'json' };
import password from '../../features/password/en.json' with { type: 'json' };
import people from '../../features/people/en.json' with { type: 'json' };
import setUp from '../../features/set-up/en.json' with { type: 'json' };
import settings from '../../features/settings/en.json' with { type: 'json' };
import signIn from '../../features/sign-in/en.json' with { type: 'json' };
import teams from '../../features/teams/en.json' with { type: 'json' };
import workspaces from '../../features/workspaces/en.json' with { type: 'json' };
import app from '../en.json' with { type: 'json' };

/** All texts in English, by the folder they stand in. `conversation` holds those of timeline, composer and actions too. */
export const en = {
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
