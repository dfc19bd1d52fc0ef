import { fileURLToPath } from 'node:url';
import { conversation, type Gallery, heading, inboxTopic, type screens } from './gallery.ts';
import type { Desk } from './stage.ts';

/** Between any two letters: brackets of the mirrored language, and marks that keep a name's direction to itself. */
const BETWEEN = '[⟦⟧\\u2066-\\u2069]*';

/** What is called so, in English as in the mirrored language, which has every vowel twice. */
function called(text: string, at: 'start' | 'anywhere' = 'anywhere'): RegExp {
  const letters = [...text].map((letter) =>
    /[aeiou]/.test(letter) ? `${letter}{1,2}` : RegExp.escape(letter),
  );
  return new RegExp(`${at === 'start' ? '^' : ''}${BETWEEN}${letters.join(BETWEEN)}`, 'u');
}

/** What opens over a screen of the desk. */
export interface Opener {
  on: keyof typeof screens;
  open(desk: Desk, gallery: Gallery): Promise<unknown>;
}

const press = async ({ page }: Desk, text: string) => {
  await page
    .getByRole('button', { name: called(text, 'start') })
    .first()
    .click();
};
const choose = async ({ page }: Desk, text: string) => {
  await page.getByRole('menuitem', { name: called(text, 'start') }).click();
};
const dialog = (desk: Desk) => desk.page.getByRole('dialog').waitFor();
const menu = (desk: Desk) => desk.page.getByRole('menu').waitFor();

const PORTRAIT = fileURLToPath(
  new URL('../../server/src/demo/portraits/olivia.webp', import.meta.url),
);

/** By the file that opens it. */
export const openers: Record<string, Opener> = {
  'app/profile-menu.tsx': {
    on: '/settings/people',
    open: async (desk, { names }) => {
      await press(desk, `${names.olga}, Online:`);
      await menu(desk);
    },
  },
  'features/notifications/bell-panel.tsx': {
    on: '/settings/people',
    open: async (desk) => {
      await press(desk, 'Notifications');
      await dialog(desk);
    },
  },
  'app/shortcut-sheet.tsx': {
    on: '/settings/people',
    open: async (desk) => {
      await desk.page.keyboard.press('?');
      await dialog(desk);
    },
  },
  'features/account/picture-dialog.tsx': {
    on: '/settings/account',
    open: async (desk) => {
      await desk.page.locator('input[type=file]').setInputFiles(PORTRAIT);
      await dialog(desk);
    },
  },
  'features/account/keys-dialog.tsx': {
    on: '/settings/account',
    open: async (desk) => {
      await press(desk, 'Change shortcuts');
      await dialog(desk);
    },
  },
  'features/command-bar/index.tsx': {
    on: conversation,
    open: async (desk) => {
      await desk.page.keyboard.press('Control+k');
      await desk.page.getByRole('option').first().waitFor();
    },
  },
  'features/workspaces/finder.tsx': {
    on: '/settings/people',
    open: async (desk, gallery) => {
      await gallery.secondWorkspace();
      await desk.page.reload();
      await heading(desk);
      // By keys: a phone has no mark to press.
      for (const key of ['g', 'w']) await desk.page.keyboard.press(key);
      await desk.page
        .getByRole('option', { name: called(gallery.names.eastgate) })
        .first()
        .waitFor();
    },
  },
  'features/workspaces/new-workspace.tsx': {
    on: '/settings/people',
    open: async (desk, { names }) => {
      await press(desk, `${names.olga}, `);
      await choose(desk, 'New workspace');
      await dialog(desk);
    },
  },
  'features/composer/emoji-popup.tsx': {
    on: conversation,
    open: async (desk) => {
      await press(desk, 'Insert an emoji');
      await desk.page.getByRole('combobox', { name: called('Search emojis') }).fill('heart');
      await desk.page.getByRole('option', { name: 'red heart' }).waitFor();
    },
  },
  'features/conversation-actions/index.tsx': {
    on: conversation,
    open: async (desk) => {
      await press(desk, 'More actions');
      await menu(desk);
    },
  },
  'conversation-screen/status-menu.tsx': {
    on: conversation,
    open: async (desk) => {
      await press(desk, 'Status: Open');
      await menu(desk);
    },
  },
  'features/conversation-actions/pass-on.tsx': {
    on: conversation,
    open: async (desk) => {
      await desk.page.keyboard.press('s');
      await dialog(desk);
    },
  },
  'features/conversation-actions/reason-dialog.tsx': {
    // The owner closes what Ann has.
    on: '/settings/people',
    open: async (desk, gallery) => {
      await desk.page.goto(`/open/${gallery.id}`);
      await desk.page.locator('[data-message]').first().waitFor();
      await desk.page.keyboard.press('e');
      await dialog(desk);
    },
  },
  'features/settings/inbox-domains.tsx': {
    on: inboxTopic,
    open: async (desk, gallery) => {
      const { workspaceId, inbox, server } = gallery.stage.world;
      await server.engine.pool`
        insert into inbox_sightings values (${workspaceId}, ${inbox.id}, 'https://shop.example', false, ${Date.now()})
        on conflict do nothing`;
      await desk.page
        .getByRole('link', { name: called('Domains') })
        .first()
        .click();
      await desk.page.getByText('https://shop.example').waitFor();
      await desk.page.getByLabel(called('Add a domain')).fill('other.example');
      await press(desk, 'Add');
      await dialog(desk);
    },
  },
  'features/settings/new-inbox.tsx': {
    on: '/settings/inboxes',
    open: async (desk) => {
      await press(desk, 'New inbox');
      await dialog(desk);
    },
  },
  'features/lists/bulk-bar.tsx': {
    on: conversation,
    open: async (desk) => {
      await desk.page.goto('/mine');
      await desk.cards.first().waitFor();
      // By keys: on a phone the box shows once something is selected.
      for (const key of ['j', 'v']) await desk.page.keyboard.press(key);
      await press(desk, 'Assign');
      await desk.page.getByRole('menu').waitFor();
    },
  },
  'features/lists/filter-panel.tsx': {
    on: conversation,
    open: async (desk) => {
      // Beside an open conversation a phone shows no list.
      await desk.page.goto('/mine');
      await press(desk, 'Filter this list');
      await dialog(desk);
    },
  },
  'features/lists/sort-menu.tsx': {
    on: conversation,
    open: async (desk) => {
      await desk.page.goto('/mine');
      await press(desk, 'Sorted by');
      await desk.page.getByRole('menu').waitFor();
    },
  },
  'features/labels/label-dialog.tsx': {
    on: '/settings/labels',
    open: async (desk, { names }) => {
      await press(desk, `Change the label ${names.refund}`);
      await dialog(desk);
    },
  },
  'features/labels/label-picker.tsx': {
    on: conversation,
    open: async (desk) => {
      await desk.page.keyboard.press('l');
      await dialog(desk);
    },
  },
  'features/teams/team-dialog.tsx': {
    on: '/settings/teams',
    open: async (desk, { names }) => {
      await press(desk, names.support);
      await dialog(desk);
    },
  },
  'features/presence/leaving-dialog.tsx': {
    on: conversation,
    open: async (desk) => {
      for (const key of ['o', 'f']) await desk.page.keyboard.press(key);
      await desk.page.getByRole('dialog', { name: called('open conversation') }).waitFor();
    },
  },
  'features/people/capacity-dialog.tsx': {
    on: '/settings/people',
    open: async (desk, { names }) => {
      await press(desk, `More about ${names.ann}`);
      await choose(desk, 'Change capacity');
      await dialog(desk);
    },
  },
  'features/people/deactivate-dialog.tsx': {
    on: '/settings/people',
    open: async (desk, { names }) => {
      await press(desk, `More about ${names.ann}`);
      await choose(desk, 'Deactivate');
      await dialog(desk);
    },
  },
  'features/people/person.tsx': {
    on: '/settings/people',
    open: async (desk, { names }) => {
      await press(desk, `More about ${names.ann}`);
      await menu(desk);
    },
  },
  'features/people/role-choice.tsx': {
    on: '/settings/people',
    open: async (desk, { names }) => {
      await press(desk, `Role of ${names.ann}`);
      await menu(desk);
    },
  },
  'features/people/pending-invitations.tsx': {
    on: '/settings/people',
    open: async (desk, gallery) => {
      await gallery.invitation();
      await desk.page.reload();
      await press(desk, 'Withdraw the invitation');
      await dialog(desk);
    },
  },
  'features/people/invite-dialog.tsx': {
    on: '/settings/people',
    open: async (desk) => {
      await press(desk, 'Invite');
      await dialog(desk);
    },
  },
};
