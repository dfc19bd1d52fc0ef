import { lists } from '@deskbell/contract/views/lists';
import { settingPages } from '../../desk/src/features/settings/setting-page.ts';
import { topics } from '../../desk/src/features/settings/topic.ts';
import type { Desk } from './stage.ts';
import { Stage } from './stage.ts';

/** How those are called whom one finds by their names. */
export type Names = Record<'olga' | 'ann' | 'support' | 'refund' | 'eastgate', string>;

const plain: Names = {
  olga: 'Olga',
  ann: 'Ann',
  support: 'Support',
  refund: 'Refund',
  eastgate: 'Eastgate',
};

/** A company in which each screen of the desk has something to show. */
export class Gallery {
  readonly stage: Stage;
  /** Ann's conversation with Vera. */
  readonly id: string;
  /** What it is labelled with. */
  readonly labelId: string;
  names = plain;
  private readonly further: Record<string, Promise<unknown>> = {};

  private constructor(stage: Stage, id: string, labelId: string) {
    this.stage = stage;
    this.id = id;
    this.labelId = labelId;
  }

  static async open(): Promise<Gallery> {
    const stage = await Stage.open();
    const { walt, vera, adam, ann } = stage.world;
    // However long one looks at it, nothing is taken from Ann, and nothing closes.
    const day = 86_400_000;
    const settings = { detachMs: day, inactivityMs: day };
    await stage.world.act(adam, 'workspace.change-settings', settings);
    await stage.world.write(walt, 'Is anybody there?');
    const id = await stage.conversation(
      'Hello',
      '**Where** is my parcel? `A-1204` https://shop.example/a',
    );
    await stage.visitor(vera).sendMessage('- one\n- two');
    const label = { name: 'Refund', color: '#15803d' };
    const made = await stage.world.act(adam, 'label.create', label);
    const labelId = String(made.answer.labelId);
    await stage.world.act(ann, 'conversation.label', { conversationId: id, add: [labelId] });
    return new Gallery(stage, id, labelId);
  }

  /** Olga has another workspace. */
  secondWorkspace(): Promise<unknown> {
    const { server, olga } = this.stage.world;
    const { workspaces } = server.engine.signIn;
    const { eastgate } = this.names;
    this.further[eastgate] ??= workspaces.create(olga, eastgate);
    return this.further[eastgate];
  }

  /** Somebody is invited. */
  invitation(): Promise<unknown> {
    const { workspaceId, olga, server } = this.stage.world;
    const given = { workspaceId, by: olga.agentId, email: null, role: 'agent' } as const;
    this.further.invitation ??= server.engine.signIn.invitations.invite(given);
    return this.further.invitation;
  }

  close(): Promise<void> {
    return this.stage.close();
  }
}

export interface Screen {
  path(gallery: Gallery): string;
  /** It is all there. */
  ready(desk: Desk): Promise<unknown>;
  isSignedOut?: true;
  /** Absent: the owner. */
  who?: 'ann';
}

export const conversation = '/$list/{-$conversationId}';
export const inboxTopic = '/settings/inboxes/$inboxId/$topic';

export const heading = (desk: Desk) =>
  desk.page.getByRole('heading', { level: 1 }).first().waitFor();

/** Its heading is there, and nothing is still to come. */
const settled = async (desk: Desk) => {
  await heading(desk);
  await desk.page.locator('.skeleton-pulse').first().waitFor({ state: 'hidden' });
};

/** By its path in the router. */
export const screens: Record<string, Screen> = {
  [conversation]: {
    who: 'ann',
    path: (gallery) => `/mine/${gallery.id}`,
    ready: (desk) => desk.message('Where is my parcel?').waitFor(),
  },
  '/board': {
    path: () => '/board',
    ready: (desk) =>
      desk.page
        .getByText(/wait(s)? for an answer/)
        .first()
        .waitFor(),
  },
  '/sign-in': { path: () => '/sign-in', ready: heading, isSignedOut: true },
  // Nobody sets up twice: the way leads to the sign-in. first-visit.test.ts looks at the page itself.
  '/set-up': { path: () => '/set-up', ready: heading, isSignedOut: true },
  '/invitations/$token': {
    path: () => '/invitations/spent',
    ready: heading,
    isSignedOut: true,
  },
  '/elsewhere': { path: () => '/elsewhere', ready: heading },
  '/settings/inboxes': { path: () => '/settings/inboxes', ready: heading },
  [inboxTopic]: {
    path: (gallery) => `/settings/inboxes/${gallery.stage.world.inbox.id}/look`,
    ready: (desk) =>
      desk.page.frameLocator('iframe').locator('deskbell-chat').waitFor({ state: 'attached' }),
  },
  '/settings/audit': {
    path: () => '/settings/audit',
    ready: (desk) => desk.page.getByText('made the inbox Wholesale').waitFor(),
  },
  '/settings/$page': {
    path: () => '/settings/conversations',
    ready: (desk) => desk.page.getByLabel('Close when pending', { exact: true }).waitFor(),
  },
  '/settings/people': { path: () => '/settings/people', ready: heading },
  '/settings/teams': {
    path: () => '/settings/teams',
    ready: (desk) => desk.page.getByRole('button', { name: /^Support/ }).waitFor(),
  },
  '/settings/labels': {
    path: () => '/settings/labels',
    ready: (desk) => desk.page.getByRole('button', { name: /Refund/ }).waitFor(),
  },
  '/settings/account': {
    path: () => '/settings/account',
    ready: (desk) => desk.page.getByRole('listitem').getByText('This one').waitFor(),
  },
  '/settings/notifications': {
    path: () => '/settings/notifications',
    ready: (desk) => desk.page.getByRole('switch').first().waitFor(),
  },
  '/forgot-password': { path: () => '/forgot-password', ready: heading, isSignedOut: true },
  '/reset-password/$token': {
    path: () => '/reset-password/spent',
    ready: (desk) => desk.page.getByRole('alert').waitFor(),
    isSignedOut: true,
  },
};

/** Every further face of a route that takes one word of several, from where those words are listed. */
export const further: Record<string, Screen> = {
  ...faces(topics, 'look', (topic) => [
    `an inbox's ${topic}`,
    (gallery) => `/settings/inboxes/${gallery.stage.world.inbox.id}/${topic}`,
  ]),
  ...faces(settingPages, 'conversations', (page) => [
    `/settings/${page}`,
    () => `/settings/${page}`,
  ]),
  ...faces(lists, null, (list) => [`the list ${list}`, () => `/${list}`]),
  'an address where nothing is': { path: () => '/nothing/here', ready: heading },
};

function faces<Word extends string>(
  words: readonly Word[],
  shown: Word | null,
  face: (word: Word) => [name: string, path: Screen['path']],
): Record<string, Screen> {
  const others = words.filter((word) => word !== shown).map(face);
  return Object.fromEntries(others.map(([name, path]) => [name, { path, ready: settled }]));
}

/** They lead elsewhere, or are not built. */
export const leadOn = new Set(['/', '/c/$conversationId', '/settings', '/ui']);

/** How far the page is wider than its window, in px. */
export const overhang = (desk: Desk) =>
  desk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

export const rooms = { desktop: [1440, 900], laptop: [1024, 768], phone: [390, 844] } as const;

/** A browser of each kind of visitor of these screens, opened when first needed. */
export class Seats {
  private readonly desks = new Map<string, Promise<Desk>>();
  private readonly gallery: Gallery;
  private readonly options: Parameters<Stage['desk']>[1];

  constructor(gallery: Gallery, options: Parameters<Stage['desk']>[1]) {
    this.gallery = gallery;
    this.options = { reducedMotion: 'reduce', ...options };
  }

  async show(screen: Screen): Promise<Desk> {
    const who = screen.isSignedOut ? null : (screen.who ?? 'olga');
    const desk = await (this.desks.get(String(who)) ?? this.seat(who));
    await desk.page.goto(screen.path(this.gallery));
    await screen.ready(desk);
    return desk;
  }

  async close(): Promise<void> {
    for (const desk of this.desks.values()) await (await desk).page.context().close();
  }

  private seat(who: 'olga' | 'ann' | null): Promise<Desk> {
    const { stage } = this.gallery;
    const desk = stage.desk(stage.world[who ?? 'olga'], this.options).then(async (opened) => {
      if (who === null) await opened.page.context().clearCookies();
      return opened;
    });
    this.desks.set(String(who), desk);
    return desk;
  }
}
