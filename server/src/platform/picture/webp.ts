import type { Picture } from './picture.ts';

/** The only flag of the extended header (VP8X) that stays true of what is kept: that there is transparency. */
const ALPHA = 0x10;

interface Size {
  width: number;
  height: number;
}

/** WebP (RFC 9649): RIFF chunks. What moves has its pictures in ANMF chunks, and is none of ours. */
export function readWebp(bytes: Buffer): Picture | null {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP')
    return null;
  const end = 8 + bytes.readUInt32LE(4);
  if (end > bytes.length) return null;
  const chunks = new Map<string, Buffer>();
  for (let at = 12; at < end; ) {
    const length = bytes.readUInt32LE(at + 4);
    const next = at + 8 + length + (length % 2);
    if (next > end) return null;
    const name = bytes.toString('latin1', at, at + 4);
    if (!chunks.has(name)) chunks.set(name, bytes.subarray(at, next));
    at = next;
  }
  return assemble(chunks);
}

function assemble(chunks: ReadonlyMap<string, Buffer>): Picture | null {
  const [lossy, lossless, extended, alpha] = ['VP8 ', 'VP8L', 'VP8X', 'ALPH'].map((name) =>
    chunks.get(name),
  );
  const image = lossy ?? lossless;
  const size = lossy ? lossySize(lossy) : lossless && losslessSize(lossless);
  if (!image || !size) return null;
  const isSeeThrough = lossy && extended && alpha;
  const kept = isSeeThrough ? [extendedHead(size), alpha, image] : [image];
  const body = Buffer.concat([Buffer.from('WEBP'), ...kept]);
  const head = Buffer.from('RIFF\0\0\0\0');
  head.writeUInt32LE(body.length, 4);
  return { type: 'image/webp', ...size, bytes: Buffer.concat([head, body]) };
}

/** RFC 6386, 9.1: after the frame's tag and its start code. */
function lossySize(chunk: Buffer): Size | null {
  const isKeyFrame = (chunk.readUInt8(8) & 1) === 0;
  if (!isKeyFrame || chunk.readUIntBE(11, 3) !== 0x9d012a) return null;
  return { width: chunk.readUInt16LE(14) & 0x3fff, height: chunk.readUInt16LE(16) & 0x3fff };
}

/** RFC 9649, 3.4: 14 bits each, less one. */
function losslessSize(chunk: Buffer): Size | null {
  if (chunk.readUInt8(8) !== 0x2f) return null;
  const bits = chunk.readUInt32LE(9);
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}

function extendedHead({ width, height }: Size): Buffer {
  const head = Buffer.alloc(18);
  head.write('VP8X', 'latin1');
  head.writeUInt32LE(10, 4);
  head.writeUInt8(ALPHA, 8);
  head.writeUIntLE(width - 1, 12, 3);
  head.writeUIntLE(height - 1, 15, 3);
  return head;
}
