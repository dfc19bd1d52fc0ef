import { lstatSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from './root.mjs';

const command = inRoot('node_modules/.bin/deskbell');

/**
 * Makes `npx deskbell` mean this checkout's: npm links the commands of workspaces only where it runs scripts, and
 * npx would look a command it doesn't find up among strangers'.
 */
export function linkOwnCommand() {
  if (process.platform === 'win32' || lstatSync(command, { throwIfNoEntry: false })) return;
  mkdirSync(path.dirname(command), { recursive: true });
  symlinkSync(path.relative(path.dirname(command), inRoot('server/bin/deskbell.mjs')), command);
}
