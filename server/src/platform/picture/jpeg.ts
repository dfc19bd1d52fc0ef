import type { Picture } from './picture.ts';

const [START, END, SCAN] = [0xd8, 0xd9, 0xda];
/** Frames that browsers show: baseline, extended, progressive. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2]);
/** Frames, tables, restarts, JFIF's head (E0) and Adobe's word on colours (EE). Not E1: there EXIF lies. */
const KEPT = new Set([...FRAMES, 0xc4, 0xdb, 0xdd, 0xe0, 0xee, SCAN]);

interface Segment {
  marker: number;
  /** From its marker to the next. */
  bytes: Buffer;
}

/** JPEG (ITU T.81, annex B). */
export function readJpeg(bytes: Buffer): Picture | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xff00 + START) return null;
  const segments = readSegments(bytes);
  const frames = segments.filter(({ marker }) => FRAMES.has(marker));
  const [frame] = frames;
  const scan = segments.findIndex(({ marker }) => marker === SCAN);
  if (!frame || frames.length > 1 || scan < segments.indexOf(frame)) return null;
  const kept = segments.filter(({ marker }) => KEPT.has(marker));
  return {
    type: 'image/jpeg',
    width: frame.bytes.readUInt16BE(7),
    height: frame.bytes.readUInt16BE(5),
    bytes: Buffer.concat([
      bytes.subarray(0, 2),
      ...kept.map((segment) => segment.bytes),
      Buffer.from([0xff, END]),
    ]),
  };
}

/** Segments behind markers, up to the end of the picture; after the start of a scan its data up to the next marker. */
function readSegments(bytes: Buffer): Segment[] {
  const segments: Segment[] = [];
  for (let at = 2; ; ) {
    if (bytes.readUInt8(at) !== 0xff) throw new RangeError('there is no marker');
    const marker = bytes.readUInt8(at + 1);
    if (marker === END) return segments;
    const end = marker === 0xff ? at + 1 : endOfSegment(bytes, at, marker);
    if (marker !== 0xff) segments.push({ marker, bytes: bytes.subarray(at, end) });
    at = end;
  }
}

function endOfSegment(bytes: Buffer, at: number, marker: number): number {
  const length = bytes.readUInt16BE(at + 2);
  const end = at + 2 + length;
  if (length < 2 || end > bytes.length) throw new RangeError('a segment ends beyond the end');
  return marker === SCAN ? endOfScan(bytes, end) : end;
}

/** Where the next marker stands: FF, neither stuffed by 00 nor a restart (D0 to D7). */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = from; ; at += 1) {
    if (bytes.readUInt8(at) !== 0xff) continue;
    const next = bytes.readUInt8(at + 1);
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
}
