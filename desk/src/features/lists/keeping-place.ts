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
  let places: Map<string, number> | null = null;
  for (let index = top; index < before.ids.length; index++) {
    const id = before.ids[index] ?? '';
    // One that moved far away is no anchor: its neighbours stayed. So all of a long list is seldom looked through.
    let place = placeNear(ids, id, index);
    if (place === undefined && index >= top + SEARCH) {
      places ??= new Map(ids.map((each, at) => [each, at]));
      place = places.get(id);
    }
    if (place !== undefined) return Math.max(0, before.offset + (place - index) * rowHeight);
  }
  return before.offset;
}

function placeNear(ids: readonly string[], id: string, index: number): number | undefined {
  for (let by = 0; by <= LEAP; by++) {
    if (ids[index + by] === id) return index + by;
    if (ids[index - by] === id) return index - by;
  }
  return undefined;
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
  // Mostly near the end.
  const last = now.lastIndexOf(held.at(-1) as Id);
  if (last < 0 || last === now.length - 1) return held;
  const behind = new Set(now.slice(last + 1));
  for (const id of held) behind.delete(id);
  return behind.size === 0 ? held : [...held, ...behind];
}
