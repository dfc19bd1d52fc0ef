/**
 * Items in order, kept by binary insertion: a change costs two searches and a move of what lies
 * behind, never a sort. `compare` must tell any two items apart by their id.
 */
export class SortedList<T extends { id: string }> {
  private readonly items: T[] = [];
  /** Of the items, in their order: whoever draws a long list asks after each change. */
  private readonly order: T['id'][] = [];
  private readonly held = new Map<string, T>();
  private readonly compare: (left: T, right: T) => number;

  constructor(compare: (left: T, right: T) => number) {
    this.compare = compare;
  }

  get length(): number {
    return this.items.length;
  }

  /** Inserts, moves or replaces. True when the order of ids is another one now. */
  put(item: T): boolean {
    const before = this.held.get(item.id);
    this.held.set(item.id, item);
    if (before === undefined) {
      this.insert(item);
      return true;
    }
    const from = this.placeOf(before);
    if (this.fitsAt(from, item)) {
      this.items[from] = item;
      return false;
    }
    this.take(from);
    this.insert(item);
    return true;
  }

  /** True when it was there. */
  delete(id: string): boolean {
    const item = this.held.get(id);
    if (item === undefined) return false;
    this.held.delete(id);
    this.take(this.placeOf(item));
    return true;
  }

  clear(): void {
    this.items.length = 0;
    this.order.length = 0;
    this.held.clear();
  }

  /** How many stand before the first for which `isBeyond` holds. It must hold for all behind that one. */
  countUntil(isBeyond: (item: T) => boolean): number {
    let low = 0;
    let high = this.items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const item = this.items[middle];
      if (item !== undefined && !isBeyond(item)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  ids(count: number): T['id'][] {
    return this.order.slice(0, count);
  }

  private insert(item: T): void {
    const place = this.placeOf(item);
    this.items.splice(place, 0, item);
    this.order.splice(place, 0, item.id);
  }

  private take(place: number): void {
    this.items.splice(place, 1);
    this.order.splice(place, 1);
  }

  private placeOf(item: T): number {
    return this.countUntil((each) => each.id === item.id || this.compare(each, item) > 0);
  }

  private fitsAt(index: number, item: T): boolean {
    const left = this.items[index - 1];
    const right = this.items[index + 1];
    return !(left && this.compare(left, item) > 0) && !(right && this.compare(item, right) > 0);
  }
}
