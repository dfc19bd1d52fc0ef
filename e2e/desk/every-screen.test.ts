import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, Stage } from './stage.ts';

/** What stands on the desk's screens, and what opens over them: each has to be looked at here. */
let stage: Stage;
let id: string;
beforeAll(async () => {
  stage = await Stage.open();
  const { walt, vera } = stage.world;
  await stage.world.write(walt, 'Is anybody there?');
  id = await stage.conversation('Hello', '**Where** is my parcel? `A-1204` https://shop.example/a');
  await stage.visitor(vera).sendMessage('- one\n- two');
});
afterAll(() => stage.close());

interface Screen {
  path(): string;
  /** It is all there. */
  ready(desk: Desk): Promise<unknown>;
  isSignedOut?: true;
  /** Absent: the owner. */
  who?: 'ann';
}

const conversation = '/$list/{-$conversationId}';
const inboxTopic = '/settings/inboxes/$inboxId/$topic';

const heading = (desk: Desk) => desk.page.getByRole('heading', { level: 1 }).first().waitFor();

/** By its path in the router. */
const screens: Record<string, Screen> = {
  [conversation]: {
    who: 'ann',
    path: () => `/mine/${id}`,
    ready: (desk) => desk.message('Where is my parcel?').waitFor(),
  },
  '/sign-in': { path: () => '/sign-in', ready: heading, isSignedOut: true },
  // Nobody sets up twice: the way leads to the sign-in. first-visit.test.ts looks at the page itself.
  '/set-up': { path: () => '/set-up', ready: heading, isSignedOut: true },
  '/invitations/$token': {
    path: () => '/invitations/spent',
    ready: heading,
    isSignedOut: true,
  },
  '/settings/inboxes': { path: () => '/settings/inboxes', ready: heading },
  [inboxTopic]: {
    path: () => `/settings/inboxes/${stage.world.inbox.id}/look`,
    ready: (desk) =>
      desk.page.frameLocator('iframe').locator('deskbell-chat').waitFor({ state: 'attached' }),
  },
  '/settings/people': { path: () => '/settings/people', ready: heading },
  '/settings/account': {
    path: () => '/settings/account',
    ready: (desk) => desk.page.getByRole('listitem').getByText('This one').waitFor(),
  },
  '/forgot-password': { path: () => '/forgot-password', ready: heading, isSignedOut: true },
  '/reset-password/$token': {
    path: () => '/reset-password/spent',
    ready: (desk) => desk.page.getByRole('alert').waitFor(),
    isSignedOut: true,
  },
};

/** They lead elsewhere, or are not built. */
const leadOn = new Set(['/', '/c/$conversationId', '/settings', '/ui']);

interface Opener {
  on: keyof typeof screens;
  open(desk: Desk): Promise<unknown>;
}

const press = (name: string | RegExp) => async (desk: Desk) => {
  await desk.page.getByRole('button', { name }).first().click();
};
const dialog = (desk: Desk) => desk.page.getByRole('dialog').waitFor();
const menu = (desk: Desk) => desk.page.getByRole('menu').waitFor();

/** By the file that opens it. */
const openers: Record<string, Opener> = {
  'app/profile-menu.tsx': {
    on: '/settings/people',
    open: async (desk) => {
      await press(/^Olga:/)(desk);
      await menu(desk);
    },
  },
  'app/shortcut-sheet.tsx': {
    on: '/settings/people',
    open: async (desk) => {
      await desk.page.keyboard.press('?');
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
  'features/composer/emoji-picker.tsx': {
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
  'features/settings/inbox-domains.tsx': {
    on: inboxTopic,
    open: async (desk) => {
      const { workspaceId, inbox, server } = stage.world;
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
    open: async (desk) => {
      const { workspaceId, olga, server } = stage.world;
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

const sources = new URL('../../desk/src/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, sources), 'utf8');

test('every route has its screen here', () => {
  const paths = [...read('app/router.tsx').matchAll(/\bpath: '([^']+)'/g)].map(([, path]) => path);
  expect(Object.keys(screens).sort()).toEqual(
    paths.filter((path) => !leadOn.has(path ?? '')).sort(),
  );
});

test('everything that opens has its opener here', () => {
  const files = globSync('**/*.tsx', { cwd: sources })
    .filter((file) => !/^(ui|features\/pieces)\//.test(file))
    .filter((file) => /<(Dialog|Palette|Menu|Popover)[\s>.]/.test(read(file)));
  expect(Object.keys(openers).sort()).toEqual(files.sort());
});

const rooms = { desktop: [1440, 900], laptop: [1024, 768], phone: [390, 844] } as const;

const overhang = (desk: Desk) =>
  desk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** A browser of each kind of visitor of these screens, opened when first needed. */
class Seats {
  private readonly desks = new Map<string, Promise<Desk>>();
  private readonly options: Parameters<Stage['desk']>[1];

  constructor(options: Parameters<Stage['desk']>[1]) {
    this.options = { reducedMotion: 'reduce', ...options };
  }

  async show(screen: Screen): Promise<Desk> {
    const who = screen.isSignedOut ? null : (screen.who ?? 'olga');
    const desk = await (this.desks.get(String(who)) ?? this.seat(who));
    await desk.page.goto(screen.path());
    await screen.ready(desk);
    return desk;
  }

  async close(): Promise<void> {
    for (const desk of this.desks.values()) await (await desk).page.context().close();
  }

  private seat(who: 'olga' | 'ann' | null): Promise<Desk> {
    const desk = stage.desk(stage.world[who ?? 'olga'], this.options).then(async (opened) => {
      if (who === null) await opened.page.context().clearCookies();
      return opened;
    });
    this.desks.set(String(who), desk);
    return desk;
  }
}

describe.for(['light', 'dark'] as const)('in %s', (colorScheme) => {
  describe.for(Object.entries(rooms))('on a %s', ([, [width, height]]) => {
    const seats = new Seats({ colorScheme, viewport: { width, height } });
    afterAll(() => seats.close());

    test.for(Object.keys(screens))('axe finds nothing on %s, nothing hangs over', async (path) => {
      const desk = await seats.show(screens[path] as Screen);
      expect(await desk.wrongs()).toEqual([]);
      expect(await overhang(desk)).toBe(0);
    });

    test.for(Object.keys(openers))('axe finds nothing in what %s opens', async (file) => {
      const { on, open } = openers[file] as Opener;
      const desk = await seats.show(screens[on] as Screen);
      await open(desk);
      expect(await desk.wrongs()).toEqual([]);
      await desk.page.setViewportSize({ width, height });
    });
  });
});

describe('from right to left, in a language nobody speaks', () => {
  const mirror = async (desk: Desk) => {
    await desk.page.evaluate(() => localStorage.setItem('deskbell.language', 'mirrored'));
    await desk.page.reload();
    await heading(desk);
  };

  test.for(Object.entries(rooms))(
    'axe finds nothing on a %s, nothing hangs over',
    async ([, [width, height]]) => {
      const seats = new Seats({ viewport: { width, height } });
      for (const screen of Object.values(screens)) {
        const desk = await seats.show({ ...screen, ready: mirror });
        expect(await desk.wrongs()).toEqual([]);
        expect(await overhang(desk)).toBe(0);
      }
      await seats.close();
    },
  );

  test('the desk begins at the right, and every word that is ours is translated', async () => {
    const seats = new Seats({});
    const desk = await seats.show({ ...(screens[conversation] as Screen), ready: mirror });
    await desk.page.locator('[data-message]').first().waitFor();
    const rail = desk.page.getByRole('navigation').first();
    expect((await rail.boundingBox())?.x).toBeGreaterThan(1_300);
    const plain = await desk.page.evaluate(() => {
      const walker = document.createTreeWalker(
        document.getElementById('root') as Node,
        NodeFilter.SHOW_TEXT,
      );
      const texts = new Set<string>();
      while (walker.nextNode()) texts.add(walker.currentNode.textContent?.trim() ?? '');
      return [...texts].filter((text) => /\p{L}{2}/u.test(text) && !text.includes('⟦'));
    });
    // What people wrote and are called; dates come from the browser.
    const theirs = ['Ann', 'Hello', 'Shop', 'Where', 'Wholesale', 'https://shop.example/a'];
    const words = plain.filter((text) => !/^\d/.test(text)).sort();
    expect(words).toEqual([...theirs, 'is my parcel?', 'one', 'one two', 'two']);
    await seats.close();
  });
});
