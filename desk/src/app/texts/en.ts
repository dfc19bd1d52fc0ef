import conversation from '../../conversation-screen/en.json' with { type: 'json' };
import account from '../../features/account/en.json' with { type: 'json' };
import commandBar from '../../features/command-bar/en.json' with { type: 'json' };
import contactPanel from '../../features/contact-panel/en.json' with { type: 'json' };
import invitations from '../../features/invitations/en.json' with { type: 'json' };
import lists from '../../features/lists/en.json' with { type: 'json' };
import password from '../../features/password/en.json' with { type: 'json' };
import people from '../../features/people/en.json' with { type: 'json' };
import setUp from '../../features/set-up/en.json' with { type: 'json' };
import settings from '../../features/settings/en.json' with { type: 'json' };
import signIn from '../../features/sign-in/en.json' with { type: 'json' };
import app from '../en.json' with { type: 'json' };

/** All texts in English, by the folder they stand in. `conversation` holds those of timeline, composer and actions too. */
export const en = {
  account,
  app,
  commandBar,
  contactPanel,
  conversation,
  invitations,
  lists,
  password,
  people,
  settings,
  setUp,
  signIn,
};
