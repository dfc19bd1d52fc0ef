import { fileURLToPath } from 'node:url';
import { conversation, type Gallery, heading, inboxTopic, type screens } from './gallery.ts';
import type { Desk } from './stage.ts';

/** What opens over a screen of the desk. */
export interface Opener {
  on: keyof typeof screens;
  open(desk: Desk, gallery: Gallery): Promise<unknown>;
}

const press = (name: string | RegExp) => async (desk: Desk) => {
  await desk.page.getByRole('button', { name }).first().click();
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
    open: async (desk) => {
      await press(/^Olga, Online:/)(desk);
      await menu(desk);
    },
  },
  'features/notifications/bell-panel.tsx': {
    on: '/settings/people',
    open: async (desk) => {
      await press(/^Notifications/)(desk);
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
      await press('Change shortcuts')(desk);
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
      await gallery.stage.world.server.engine.signIn.workspaces.create(
        gallery.stage.world.olga,
        'Eastgate',
      );
      await desk.page.reload();
      await heading(desk);
      // By keys: a phone has no mark to press.
      for (const key of ['g', 'w']) await desk.page.keyboard.press(key);
      await desk.page
        .getByRole('option', { name: /Eastgate/ })
        .first()
        .waitFor();
    },
  },
  'features/workspaces/new-workspace.tsx': {
    on: '/settings/people',
    open: async (desk) => {
      await press(/^Olga, /)(desk);
      await desk.page.getByRole('menuitem', { name: 'New workspace' }).click();
      await dialog(desk);
    },
  },
  'features/composer/emoji-popup.tsx': {
    on: conversation,
    open: async (desk) => {
      await press('Insert an emoji')(desk);
      await desk.page.getByRole('combobox', { name: 'Search emojis' }).fill('heart');
      await desk.page.getByRole('option', { name: 'red heart' }).waitFor();
    },
  },
  'features/conversation-actions/index.tsx': {
    on: conversation,
    open: async (desk) => {
      await desk.page.setViewportSize({ width: 390, height: 844 });
      await press('More')(desk);
      await menu(desk);
    },
  },
  'conversation-screen/status-menu.tsx': {
    on: conversation,
    open: async (desk) => {
      await press('Status: Open')(desk);
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
      await desk.message('Where is my parcel?').waitFor();
      await desk.page.keyboard.press('e');
      await dialog(desk);
    },
  },
  'features/settings/inbox-domains.tsx': {
    on: inboxTopic,
    open: async (desk, gallery) => {
      const { workspaceId, inbox, server } = gallery.stage.world;
      await server.engine.pool`
        insert into inbox_sightings values (${workspaceId}, ${inbox.id}, 'https://shop.example', false, 1)
        on conflict do nothing`;
      await desk.page.getByRole('link', { name: 'Domains' }).first().click();
      await desk.page.getByText('https://shop.example').waitFor();
      await desk.page.getByLabel('Add a domain').fill('other.example');
      await press('Add')(desk);
      await dialog(desk);
    },
  },
  'features/settings/new-inbox.tsx': {
    on: '/settings/inboxes',
    open: async (desk) => {
      await press('New inbox')(desk);
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
      await press('Assign')(desk);
      await desk.page.getByRole('menu').waitFor();
    },
  },
  'features/lists/filter-panel.tsx': {
    on: conversation,
    open: async (desk) => {
      // Beside an open conversation a phone shows no list.
      await desk.page.goto('/mine');
      await press('Filter this list')(desk);
      await dialog(desk);
    },
  },
  'features/lists/sort-menu.tsx': {
    on: conversation,
    open: async (desk) => {
      await desk.page.goto('/mine');
      await press(/^Sorted by/)(desk);
      await desk.page.getByRole('menu').waitFor();
    },
  },
  'features/labels/label-dialog.tsx': {
    on: '/settings/labels',
    open: async (desk) => {
      await press(/Refund/)(desk);
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
    open: async (desk) => {
      await press(/^Support/)(desk);
      await dialog(desk);
    },
  },
  'features/presence/leaving-dialog.tsx': {
    on: conversation,
    open: async (desk) => {
      for (const key of ['o', 'f']) await desk.page.keyboard.press(key);
      await desk.page.getByRole('dialog', { name: /open conversation/ }).waitFor();
    },
  },
  'features/people/capacity-dialog.tsx': {
    on: '/settings/people',
    open: async (desk) => {
      await press('More about Ann')(desk);
      await desk.page.getByRole('menuitem', { name: 'Change capacity' }).click();
      await dialog(desk);
    },
  },
  'features/people/deactivate-dialog.tsx': {
    on: '/settings/people',
    open: async (desk) => {
      await press('More about Ann')(desk);
      await desk.page.getByRole('menuitem', { name: 'Deactivate' }).click();
      await dialog(desk);
    },
  },
  'features/people/person.tsx': {
    on: '/settings/people',
    open: async (desk) => {
      await press('More about Ann')(desk);
      await menu(desk);
    },
  },
  'features/people/role-choice.tsx': {
    on: '/settings/people',
    open: async (desk) => {
      await press(/^Role of Ann/)(desk);
      await menu(desk);
    },
  },
  'features/people/pending-invitations.tsx': {
    on: '/settings/people',
    open: async (desk, gallery) => {
      const { workspaceId, olga, server } = gallery.stage.world;
      const given = { workspaceId, by: olga.agentId, email: null, role: 'agent' } as const;
      await server.engine.signIn.invitations.invite(given);
      await desk.page.reload();
      await press(/^Withdraw the invitation/)(desk);
      await dialog(desk);
    },
  },
  'features/people/invite-dialog.tsx': {
    on: '/settings/people',
    open: async (desk) => {
      await press('Invite')(desk);
      await dialog(desk);
    },
  },
};
