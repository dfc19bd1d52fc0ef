/** What a list looked like, and how far it was scrolled, in px. */
export interface Place {
  ids: readonly string[];
  offset: number;
}

/**
 * How far a list of equally high rows must be scrolled so that what stands at its upper edge stays
 * there when entries come, go or move. At its very top it stays at the top, where the new ones show.
 */
export function keptOffset(before: Place, ids: readonly string[], rowHeight: number): number {
  if (before.offset <= 0) return 0;
  const top = Math.floor(before.offset / rowHeight);
  const places = new Map(ids.map((id, index) => [id, index]));
  for (let index = top; index < before.ids.length; index++) {
    const place = places.get(before.ids[index] ?? '');
    if (place === undefined) continue;
    // One that moved far away is no anchor: its neighbours stayed.
    if (Math.abs(place - index) > LEAP && index < top + SEARCH) continue;
    return Math.max(0, before.offset + (place - index) * rowHeight);
  }
  return before.offset;
}

/** Rows by which an entry may shift and still count as having stayed, and rows that are tried. */
const LEAP = 20;
const SEARCH = 8;

/** A held order, with what the list has gained behind its end since: the next page, as one scrolls. */
export function heldOrder<Id extends string>(
  held: readonly Id[],
  now: readonly Id[],
): readonly Id[] {
  if (held === now || held.length === 0) return now;
  const last = now.indexOf(held.at(-1) as Id);
  if (last < 0 || last === now.length - 1) return held;
  const known = new Set(held);
  const behind = now.slice(last + 1).filter((id) => !known.has(id));
  return behind.length === 0 ? held : [...held, ...behind];
}
