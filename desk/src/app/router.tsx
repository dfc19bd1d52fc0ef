import type { ConversationId, InboxId } from '@deskbell/contract';
import { type List, lists } from '@deskbell/contract/views/lists';
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  redirect,
} from '@tanstack/react-router';
import { auditFilterIn } from '../features/audit/filter.ts';
import { isSettingPage } from '../features/settings/setting-page.ts';
import { isTopic } from '../features/settings/topic.ts';
import { arrival } from './arrival.ts';
import { clientOf } from './client.tsx';
import { Columns } from './columns.tsx';
import { DeskFrame } from './desk-frame.tsx';
import { FailedPage, LostPage, WaitingPage } from './pages.tsx';
import { rewrite } from './place.ts';
import { Root } from './root.tsx';
import { findSession, returnPath } from './session.ts';

const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: LostPage,
  errorComponent: FailedPage,
});

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/$list/{-$conversationId}', params: { list: 'queue' }, replace: true });
  },
});

const setUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/set-up',
  beforeLoad: async () => {
    const found = await findSession();
    if (found.is === 'signed-in' || found.is === 'signed-out') throw redirect({ to: '/' });
  },
  component: lazyRouteComponent(() => import('../features/set-up/index.tsx'), 'SetUpScreen'),
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { back?: string } =>
    typeof search.back === 'string' ? { back: search.back } : {},
  beforeLoad: async ({ search }) => {
    const found = await findSession();
    if (found.is === 'first-visit') throw redirect({ to: '/set-up' });
    if (found.is === 'signed-in') throw redirect({ href: returnPath(search.back) });
    if (found.is === 'elsewhere') throw redirect({ to: '/elsewhere', replace: true });
  },
  component: lazyRouteComponent(() => import('../features/sign-in/index.tsx'), 'SignInScreen'),
});

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitations/$token',
  loader: async ({ params }) => {
    const { loadInvitation } = await import('../features/invitations/invitation.ts');
    return loadInvitation(params.token);
  },
  component: lazyRouteComponent(
    () => import('../features/invitations/index.tsx'),
    'InvitationScreen',
  ),
});

const forgotPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgot-password',
  component: lazyRouteComponent(
    () => import('../features/password/forgot.tsx'),
    'ForgotPasswordScreen',
  ),
});

const resetPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset-password/$token',
  component: lazyRouteComponent(
    () => import('../features/password/reset.tsx'),
    'ResetPasswordScreen',
  ),
});

/** The workspace in the address is not, or no longer, one's own. */
const elsewhereRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/elsewhere',
  component: lazyRouteComponent(() => import('../features/workspaces/elsewhere.tsx'), 'Elsewhere'),
});

/** All that needs somebody signed in. */
const deskRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'desk',
  beforeLoad: async ({ location }) => {
    const found = await findSession();
    switch (found.is) {
      case 'first-visit':
        throw redirect({ to: '/set-up' });
      case 'signed-out':
        throw redirect({ to: '/sign-in', search: wayBack(location.href) });
      case 'elsewhere':
        throw redirect({ to: '/elsewhere', replace: true });
      case 'unreachable':
        throw new Error(found.problem.detail);
      case 'signed-in':
        return { session: found.session };
    }
  },
  component: DeskFrame,
});

const listRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/$list/{-$conversationId}',
  params: {
    parse: ({ list, conversationId }) => {
      if (!isList(list)) throw notFound();
      return { list, ...(conversationId && { conversationId: conversationIdOf(conversationId) }) };
    },
  },
  loader: ({ params: { conversationId }, context: { session }, cause }) =>
    conversationId && cause !== 'preload' ? arrival(clientOf(session), conversationId) : undefined,
  component: Columns,
});

/** The shortest address of a conversation, whatever list it stands in. */
const conversationRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/c/$conversationId',
  beforeLoad: ({ params: { conversationId } }) => {
    throw redirect({
      to: '/$list/{-$conversationId}',
      params: { list: 'open', conversationId: conversationIdOf(conversationId) },
      replace: true,
    });
  },
});

const boardRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/board',
  component: lazyRouteComponent(() => import('../features/board/index.tsx'), 'BoardScreen'),
});

/** The settings have ways of their own beside the page. */
const settingsRoute = createRoute({
  getParentRoute: () => deskRoute,
  id: 'shell',
  component: lazyRouteComponent(() => import('../features/settings/shell.tsx'), 'SettingsShell'),
});

const settingsIndexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/settings',
  beforeLoad: ({ context: { session } }) => {
    const to = session.may.changeSettings ? '/settings/inboxes' : '/settings/account';
    throw redirect({ to, replace: true });
  },
});

const inboxesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/settings/inboxes',
  component: lazyRouteComponent(() => import('../features/settings/index.tsx'), 'InboxesScreen'),
});

const inboxRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/settings/inboxes/$inboxId/$topic',
  params: {
    parse: ({ inboxId, topic }) => {
      if (!isTopic(topic) || !UUID.test(inboxId.toLowerCase())) throw notFound();
      return { inboxId: inboxId.toLowerCase() as InboxId, topic };
    },
  },
  component: lazyRouteComponent(
    () => import('../features/settings/inbox-screen.tsx'),
    'InboxScreen',
  ),
});

const peopleRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/settings/people',
  component: lazyRouteComponent(() => import('../features/people/index.tsx'), 'PeopleScreen'),
});

const teamsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/settings/teams',
  component: lazyRouteComponent(() => import('../features/teams/index.tsx'), 'TeamsScreen'),
});

const labelsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/settings/labels',
  component: lazyRouteComponent(() => import('../features/labels/index.tsx'), 'LabelsScreen'),
});

/** Its filters stand in the address, so that what one has found can be shown to others. */
const auditRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/settings/audit',
  validateSearch: auditFilterIn,
  component: lazyRouteComponent(() => import('../features/audit/index.tsx'), 'AuditScreen'),
});

/** A page of the workspace's own settings. */
const settingPageRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/settings/$page',
  params: {
    parse: ({ page }) => {
      if (!isSettingPage(page)) throw notFound();
      return { page };
    },
  },
  component: lazyRouteComponent(
    () => import('../features/settings/settings-screen.tsx'),
    'SettingsScreen',
  ),
});

/** The pieces that all screens are made of, for whoever works on them; no part of what is built. */
const piecesRoutes = import.meta.env.DEV
  ? [
      createRoute({
        getParentRoute: () => rootRoute,
        path: '/ui',
        component: lazyRouteComponent(() => import('../features/pieces/index.tsx'), 'PiecesScreen'),
      }),
    ]
  : [];
const accountRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/settings/account',
  component: lazyRouteComponent(() => import('../features/account/index.tsx'), 'AccountScreen'),
});

const notificationsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/settings/notifications',
  component: lazyRouteComponent(
    () => import('../features/notification-settings/index.tsx'),
    'NotificationsScreen',
  ),
});

const routeTree = rootRoute.addChildren([
  ...piecesRoutes,
  indexRoute,
  setUpRoute,
  signInRoute,
  invitationRoute,
  forgotPasswordRoute,
  resetPasswordRoute,
  elsewhereRoute,
  deskRoute.addChildren([
    listRoute,
    conversationRoute,
    boardRoute,
    settingsRoute.addChildren([
      settingsIndexRoute,
      inboxesRoute,
      inboxRoute,
      peopleRoute,
      teamsRoute,
      labelsRoute,
      auditRoute,
      settingPageRoute,
      accountRoute,
      notificationsRoute,
    ]),
  ]),
]);

export const router = createRouter({
  routeTree,
  rewrite,
  defaultPreload: 'intent',
  defaultPendingComponent: WaitingPage,
  defaultPendingMs: 400,
  defaultErrorComponent: FailedPage,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

const isList = (word: string): word is List => (lists as readonly string[]).includes(word);

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** From the address bar, so checked: what is no id names no conversation. */
function conversationIdOf(text: string): ConversationId {
  const id = text.toLowerCase();
  if (!UUID.test(id)) throw notFound();
  return id as ConversationId;
}

/** The desk's own first page needs no way back. */
const wayBack = (href: string) => (href === '/' || href === '/queue' ? {} : { back: href });
