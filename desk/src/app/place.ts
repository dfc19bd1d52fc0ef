import type { WorkspaceId } from '@deskbell/contract';

const NAMED = /^\/w\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?=\/|$)/;

/** Pages that belong to no workspace. */
const OUTSIDE = /^\/(invitations|set-up|forgot-password|reset-password)(\/|$)/;

/**
 * The workspace that this tab stands in. Whoever belongs to several has it in the address, /w/ID/…, so that two tabs
 * stand in two, and a link leads into the right one. Whatever the page asks names it, so that no other tab can move it.
 */
// Where parts of the desk are tested alone there is no address.
let workspaceId = (NAMED.exec(globalThis.location?.pathname ?? '')?.[1] ??
  null) as WorkspaceId | null;
let isNamed = workspaceId !== null;

export function standIn(id: WorkspaceId, { isOneOfSeveral }: { isOneOfSeveral: boolean }): void {
  workspaceId = id;
  isNamed ||= isOneOfSeveral;
}

/** Nobody stands anywhere any more. */
export function leavePlace(): void {
  workspaceId = null;
  isNamed = false;
}

export const standsIn = (): WorkspaceId | null => workspaceId;

/** What a request says of it. */
export const placeHeaders = (): Record<string, string> =>
  workspaceId === null ? {} : { 'x-deskbell-workspace': workspaceId };

/** Between the browser's address and the one that the router knows. */
export const rewrite = {
  input({ url }: { url: URL }): URL {
    url.pathname = url.pathname.replace(NAMED, '') || '/';
    return url;
  },
  output({ url }: { url: URL }): URL {
    url.pathname = namedPath(url.pathname);
    return url;
  },
};

/** Puts the workspace into an address that was written before it was known. */
export function nameInAddress(): void {
  const path = namedPath(location.pathname);
  if (path !== location.pathname)
    history.replaceState(history.state, '', path + location.search + location.hash);
}

/** Goes into another workspace: the page begins anew, so that nothing of this one stays behind. */
export function goInto(id: WorkspaceId): void {
  location.assign(`/w/${id}/`);
}

function namedPath(path: string): string {
  return isNamed && !NAMED.test(path) && !OUTSIDE.test(path) ? `/w/${workspaceId}${path}` : path;
}
