import { crc32 } from 'node:zlib';
import type { Picture } from './picture.ts';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** Without these it can't be shown, or not in its colours. All others (PNG 3, chapter 11) go. */
const KEPT = new Set(['IHDR', 'PLTE', 'tRNS', 'sRGB', 'gAMA', 'IDAT', 'IEND']);

/** PNG (W3C, third edition): chunks of length, name, content and check sum. */
export function readPng(bytes: Buffer): Picture | null {
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) return null;
  const kept: Buffer[] = [SIGNATURE];
  const names = new Set<string>();
  for (let at = 8; !names.has('IEND'); ) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (bytes.readUInt32BE(end - 4) !== crc32(bytes.subarray(at + 4, end - 4))) return null;
    if ((name === 'IHDR') !== (at === 8)) return null;
    names.add(name);
    if (KEPT.has(name)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  if (!names.has('IDAT')) return null;
  return {
    type: 'image/png',
    width: bytes.readUInt32BE(16),
    height: bytes.readUInt32BE(20),
    bytes: Buffer.concat(kept),
  };
}
