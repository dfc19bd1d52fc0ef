import { buildIfStale } from '../scripts/build.mjs';

/** Once for all: files that run side by side find the desk and the widget built. */
export default function setUp(): void {
  buildIfStale();
}
