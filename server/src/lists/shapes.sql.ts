import { type List, parseCursor, type Sort, sortsOf } from '@deskbell/contract';
import { IS_IN } from '../teams/index.ts';

/**
 * A stretch of a list whose entries have one group in its order, so that an index can have them in order:
 * `belongs` and `orderKey` of the contract in SQL. A property test holds them together.
 */
export interface Leg {
  where: string;
  /** The first number of the order: fixed, or where the list is short enough to be sorted whole, computed. */
  group: number | string;
  /** The second number. */
  time: string;
  /** The order as an index has it: that of `time` and the id. */
  order: string;
  /** What bounds the index from a cursor's time on; null: nothing does. */
  from: ((time: string) => string) | null;
}

type Order = Pick<Leg, 'time' | 'order' | 'from'>;

const SLOT = 600_000;
/** An order by a time that messages change: by its indexed piece of ten minutes first, then exactly. */
const orders: Record<'activity' | 'opened' | 'oldest' | 'closed' | 'place', Order> = {
  activity: {
    time: '-coalesce(c.last_contact_at, c.opened_at)',
    order: 'c.contact_slot desc, -coalesce(c.last_contact_at, c.opened_at), c.id',
    from: (time) => `c.contact_slot <= -(${time}) / ${SLOT}`,
  },
  opened: {
    time: '-c.opened_at',
    order: 'c.opened_at desc, c.id',
    from: (time) => `c.opened_at <= -(${time})`,
  },
  oldest: {
    time: 'coalesce(c.last_at, c.opened_at)',
    order: 'c.last_slot, coalesce(c.last_at, c.opened_at), c.id',
    from: (time) => `c.last_slot >= (${time}) / ${SLOT}`,
  },
  closed: {
    time: '-c.closed_at',
    order: 'c.closed_at desc, c.id',
    from: (time) => `c.closed_at <= -(${time})`,
  },
  place: {
    time: 'coalesce(c.queued_at, c.opened_at)',
    order: 'coalesce(c.queued_at, c.opened_at), c.id',
    from: (time) => `coalesce(c.queued_at, c.opened_at) >= (${time})`,
  },
};

const untaken = 'c.shelf = 0';
const inFront = 'case when c.is_queued_in_front then 0 else 1 end';
const waits = 'case when c.waiting_since is null then 1 else 0 end';

/** Whether a cursor can be one of this list in this order: well formed is also that of another. */
export const isCursorOf = ({ list, sort }: { list: List; sort: Sort }, cursor: string): boolean =>
  legsOf(list, sort).some(
    ({ group }) => typeof group === 'string' || group === parseCursor(cursor)?.[0],
  );

/** The legs of a list in one of its orders, in the order of their groups. */
export function legsOf(list: List, sort: Sort): readonly Leg[] {
  if (!sortsOf(list).includes(sort)) throw new Error(`${list} is not sorted by ${sort}`);
  switch (list) {
    case 'queue':
      return untakenLegs(sort);
    case 'open':
      return [...untakenLegs(sort), ...shelfLegs(1, sort, 2)];
    case 'pending':
      return shelfLegs(2, sort, 0);
    case 'closed':
      return shelfLegs(3, sort, 0);
    case 'mine':
      return [mineLeg(sort)];
  }
}

function untakenLegs(sort: Sort): Leg[] {
  if (sort !== 'waiting') return shelfLegs(0, sort, 0);
  return [0, 1].map((group) => ({
    where: `${untaken} and ${group === 0 ? '' : 'not '}c.is_queued_in_front`,
    group,
    ...orders.place,
  }));
}

function shelfLegs(shelf: 0 | 1 | 2 | 3, sort: Sort, group: number): Leg[] {
  const where = shelf === 3 ? "c.shelf = 3 and c.status = 'closed'" : `c.shelf = ${shelf}`;
  if (sort !== 'waiting') return [{ where, group, ...orders[sort] }];
  // Who waits stands in an index for pending ones alone; in work are so many as agents have room for.
  const wait = shelf === 2 ? 'c.pending_wait' : 'c.waiting_since';
  const by = (time: string) => ({ time, order: `${time}, c.id` });
  return [
    {
      where: `${where} and ${wait} is not null`,
      group,
      ...by(wait),
      from: (time) => `${wait} >= ${time}`,
    },
    {
      where: `${where} and ${wait} is null`,
      group: group + 1,
      ...by('c.opened_at'),
      from: (time) => `c.opened_at >= ${time}`,
    },
  ];
}

/** What one agent is in is little: it is sorted whole. */
function mineLeg(sort: Sort): Leg {
  const where = `c.shelf < 3 and ${IS_IN}`;
  if (sort !== 'waiting') return { where, group: 0, ...orders[sort], from: null };
  const ofUntaken = (mine: string, others: string) =>
    `case when ${untaken} then ${mine} else ${others} end`;
  const time = ofUntaken(orders.place.time, 'coalesce(c.waiting_since, c.opened_at)');
  const group = ofUntaken(inFront, waits);
  return { where, group, time, order: `${group}, ${time}, c.id`, from: null };
}
