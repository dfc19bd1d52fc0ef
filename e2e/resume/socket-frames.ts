/** One frame of a WebSocket (RFC 6455, section 5.2) as it stands in the stream. */
export interface SocketFrame {
  bytes: Buffer;
  /** What it says, unmasked; '' for pings, closes and the like. */
  text: string;
}

/** Cuts one direction of a WebSocket's stream into its frames, whatever chunks it comes in. */
export class FrameReader {
  private rest: Buffer = Buffer.alloc(0);

  read(chunk: Buffer): SocketFrame[] {
    this.rest = Buffer.concat([this.rest, chunk]);
    const frames: SocketFrame[] = [];
    for (let frame = this.next(); frame; frame = this.next()) frames.push(frame);
    return frames;
  }

  private next(): SocketFrame | null {
    const head = headOf(this.rest);
    if (!head || this.rest.length < head.begin + head.length) return null;
    const bytes = this.rest.subarray(0, head.begin + head.length);
    this.rest = this.rest.subarray(bytes.length);
    const payload = Buffer.from(bytes.subarray(head.begin));
    if (head.mask)
      for (const [at, byte] of payload.entries()) payload[at] = byte ^ (head.mask[at % 4] ?? 0);
    return { bytes, text: head.isText ? payload.toString() : '' };
  }
}

interface Head {
  /** Where the payload begins, and its length. */
  begin: number;
  length: number;
  mask: Buffer | null;
  isText: boolean;
}

/** null: not all of it is here yet. */
function headOf(bytes: Buffer): Head | null {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return null;
  const isMasked = second >= 0x80;
  const short = second % 0x80;
  const lengthBytes = { 126: 2, 127: 8 }[short] ?? 0;
  const maskAt = 2 + lengthBytes;
  const begin = maskAt + (isMasked ? 4 : 0);
  if (bytes.length < begin) return null;
  return {
    begin,
    length: lengthBytes === 0 ? short : Number(`0x${bytes.toString('hex', 2, maskAt)}`),
    mask: isMasked ? bytes.subarray(maskAt, begin) : null,
    isText: first % 0x10 === 1,
  };
}
