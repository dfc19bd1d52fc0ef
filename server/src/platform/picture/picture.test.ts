import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pictures } from '../../testing/pictures.ts';
import { readPicture } from './picture.ts';

const bytesOf = (kind: keyof typeof pictures) => Buffer.from(pictures[kind], 'base64');
const SECRET = 'GPS 53.5N 9.9E';
const kinds = Object.keys(pictures) as (keyof typeof pictures)[];

const numbered = (value: number, write: 'writeUInt32BE' | 'writeUInt32LE') => {
  const bytes = Buffer.alloc(4);
  bytes[write](value);
  return bytes;
};

/** Put where cameras put it. */
const withSecret: Record<keyof typeof pictures, (bytes: Buffer) => Buffer> = {
  png(bytes) {
    const named = Buffer.from(`eXIf${SECRET}`);
    const chunk = [numbered(SECRET.length, 'writeUInt32BE'), named];
    const sum = numbered(crc32(named), 'writeUInt32BE');
    return Buffer.concat([bytes.subarray(0, 33), ...chunk, sum, bytes.subarray(33)]);
  },
  jpeg(bytes) {
    const head = Buffer.from([0xff, 0xe1, 0, SECRET.length + 2]);
    return Buffer.concat([bytes.subarray(0, 2), head, Buffer.from(SECRET), bytes.subarray(2)]);
  },
  webp: inRiff,
  alpha: inRiff,
  lossless: inRiff,
};

function inRiff(bytes: Buffer): Buffer {
  const chunk = [
    Buffer.from('EXIF'),
    numbered(SECRET.length, 'writeUInt32LE'),
    Buffer.from(SECRET),
  ];
  const whole = Buffer.concat([bytes, ...chunk]);
  whole.writeUInt32LE(whole.length - 8, 4);
  return whole;
}

describe('a picture', () => {
  it.each(kinds)('R-18.2 is known by its bytes, with its sides: %s', (kind) => {
    const picture = readPicture(bytesOf(kind));
    const type = kind === 'alpha' || kind === 'lossless' ? 'webp' : kind;
    expect(picture).toMatchObject({ type: `image/${type}`, width: 48, height: 40 });
  });

  it.each(kinds)('R-18.2 is kept without what a camera wrote beside it: %s', (kind) => {
    const told = withSecret[kind](bytesOf(kind));
    expect(told.includes(SECRET)).toBe(true);
    const kept = readPicture(told)?.bytes;
    expect(kept?.includes(SECRET)).toBe(false);
    expect(kept).toEqual(readPicture(bytesOf(kind))?.bytes);
  });

  it.each(kinds)('R-18.2 ends where it says, whatever comes behind: %s', (kind) => {
    const kept = readPicture(Buffer.concat([bytesOf(kind), Buffer.from('<script>')]))?.bytes;
    expect(kept).toEqual(readPicture(bytesOf(kind))?.bytes);
  });

  it.each(kinds)('R-18.2 that was read once is read the same again: %s', (kind) => {
    const kept = readPicture(bytesOf(kind))?.bytes ?? Buffer.alloc(0);
    expect(readPicture(kept)?.bytes).toEqual(kept);
  });

  it.each(kinds)('R-18.2 that was cut off anywhere is none: %s', (kind) => {
    const whole = bytesOf(kind);
    for (let end = 0; end < whole.length; end += 1)
      expect(readPicture(whole.subarray(0, end)), `${end} bytes`).toBeNull();
  });

  it('R-18.2 is nothing else, however it begins', () => {
    const others = ['', 'GIF89a', '<svg xmlns="http://www.w3.org/2000/svg"/>', '\x89PNG\r\n\x1a\n'];
    for (const other of others) expect(readPicture(Buffer.from(other, 'latin1'))).toBeNull();
    const begins = kinds.map((kind) => bytesOf(kind).subarray(0, 16));
    fc.assert(
      fc.property(fc.constantFrom(...begins), fc.uint8Array({ maxLength: 400 }), (begin, rest) => {
        const picture = readPicture(Buffer.concat([begin, rest]));
        if (picture) expect(readPicture(picture.bytes)?.bytes).toEqual(picture.bytes);
      }),
      { numRuns: 3000 },
    );
  });

  it('R-18.2 with a changed byte is another, or none, and never a crash', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.nat(), fc.nat(255), (kind, place, value) => {
        const bytes = bytesOf(kind);
        bytes[place % bytes.length] = value;
        readPicture(bytes);
      }),
      { numRuns: 3000 },
    );
  });
});
