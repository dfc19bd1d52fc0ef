import { NotReady } from './not-ready.mjs';

const oldestMajor = 20;

/** The Node that was called only installs; Deskbell then runs on the one it brings. */
export function assertNode(version = process.versions.node) {
  if (Number(version.split('.')[0]) >= oldestMajor) return;
  throw new NotReady(
    `Deskbell needs Node ${oldestMajor} or newer to install itself; this is Node ${version}.`,
  );
}
