/** Final, of text, as RFC 6455 (5.2) numbers it. */
const TEXT = 0x81;

/**
 * A whole WebSocket frame of a server, header and text in one piece of memory: one write to the socket,
 * and the same bytes for all who get the same text. `ws` writes the two apart, which for short messages
 * costs as much again as the write itself.
 */
export function textFrame(text: string): Buffer {
  const size = Buffer.byteLength(text);
  const header = headerOf(size);
  const frame = Buffer.allocUnsafe(header.length + size);
  frame.set(header);
  frame.write(text, header.length);
  return frame;
}

function headerOf(size: number): readonly number[] {
  if (size < 126) return [TEXT, size];
  if (size < 65_536) return [TEXT, 126, size >> 8, size & 0xff];
  const bytes = [size >>> 24, (size >> 16) & 0xff, (size >> 8) & 0xff, size & 0xff];
  return [TEXT, 127, 0, 0, 0, 0, ...bytes];
}
