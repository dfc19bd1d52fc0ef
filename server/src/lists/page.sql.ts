import { type ListQuery, parseCursor, type Sight } from '@deskbell/contract';
import { type ConversationRow, conversationColumns } from '../conversations/index.ts';
import type { Parameter, Queries } from '../platform/store/connect.ts';
import { SEEN_BY_PARTS, SEEN_OF_MANY, sightParameters } from '../teams/index.ts';
import { type Bind, filterConditions, searchConditions } from './filter.sql.ts';
import { type Leg, legsOf } from './shapes.sql.ts';

export interface ListRow extends ConversationRow {
  cursor: string;
}

export interface ListPage extends ListQuery {
  sight: Sight;
  cursor?: string | undefined;
  limit: number;
}

/** One page of a list, keyed by its order, so that entries which move don't shift the next page. */
export function readList(sql: Queries, workspaceId: string, page: ListPage): Promise<ListRow[]> {
  const { text, parameters } = pageStatement(workspaceId, page);
  // Planned for these very values: which index is best depends on how much they leave.
  return sql.unsafe<ListRow>(text, parameters, { prepare: false }).execute();
}

/** One statement, whatever the list, its order and what it is narrowed to. */
function pageStatement(
  workspaceId: string,
  page: ListPage,
): { text: string; parameters: Parameter[] } {
  const { places, parameters } = placesStatement(workspaceId, page);
  return {
    text: `select ${conversationColumns}, place.stretch || ':' || place.at || ':' || c.id as cursor
      from (${places}) as place join conversations c on c.workspace_id = $1 and c.id = place.id
      order by place.stretch, place.at, place.id`,
    parameters,
  };
}

/** The ids of all that a list holds, up to a limit, in its order. */
export async function readListIds(
  sql: Queries,
  workspaceId: string,
  page: ListPage,
): Promise<string[]> {
  const { places, parameters } = placesStatement(workspaceId, page);
  const rows = await sql.unsafe<{ id: string }>(places, parameters, { prepare: false }).execute();
  return rows.map(({ id }) => id);
}

function placesStatement(workspaceId: string, page: ListPage) {
  const sight = within(page.sight, page.filter.inboxIds);
  const parameters: Parameter[] = [workspaceId, ...sightParameters(sight)];
  const bind: Bind = (value) => `$${parameters.push(value)}`;
  const words = searchConditions(page.search, bind);
  const conditions = [...filterConditions(page.list, page.filter, bind), ...words];
  const limit = bind(page.limit);
  const isByParts = page.sort === 'closed' && words.length === 0 && seesNoPlace(sight);
  const ways = isByParts ? SEEN_BY_PARTS : [SEEN_OF_MANY];
  const place = page.cursor === undefined ? null : parseCursor(page.cursor);
  const [group, time, id] = place ?? [0, 0, ''];
  const after = place && { group, time: `${bind(time)}::bigint`, id: `${bind(id)}::uuid` };
  const legs = legsOf(page.list, page.sort)
    .filter((leg) => !after || typeof leg.group === 'string' || leg.group >= after.group)
    .map((leg) =>
      inAllWays(
        ways.map((way) =>
          legStatement(leg, {
            ...{ after, isSearched: words.length > 0, limit },
            conditions: [way, ...conditions],
          }),
        ),
        limit,
      ),
    );
  const [only = '', ...others] = legs;
  return { places: others.length === 0 ? only : inTurn(legs, limit), parameters };
}

/** What somebody sees among these inboxes: without the others, the database knows better how little that may be. */
function within(sight: Sight, inboxIds: readonly string[] | undefined): Sight {
  if (!inboxIds) return sight;
  const among = (ids: ReadonlySet<string>) => new Set(inboxIds.filter((id) => ids.has(id)));
  return {
    ...sight,
    inboxIds: among(sight.inboxIds),
    servedInboxIds: among(sight.servedInboxIds),
  };
}

const seesNoPlace = ({ isSupervisor, teamIds, inboxIds, servedInboxIds }: Sight) =>
  !isSupervisor && teamIds.size + inboxIds.size + servedInboxIds.size === 0;

/** What is found in each way is in its order, and some of it in several. */
function inAllWays(ways: readonly string[], limit: string): string {
  const [only = '', ...others] = ways;
  if (others.length === 0) return only;
  return `${ways.map((way) => `(${way})`).join(' union ')} order by stretch, at, id limit ${limit}`;
}

/**
 * A leg is run only where those before it have left something of the limit. All of it is asked of each: of a rest that
 * it can't know the database takes a tenth, and finds so few by going through many.
 */
function inTurn(legs: readonly string[], limit: string): string {
  const names = legs.map((_, index) => `leg_${index}`);
  const parts = legs.map((leg, index) => {
    const found = names.slice(0, index).map((name) => `(select count(*) from ${name})`);
    const isWanted = [limit, ...found].join(' - ');
    return `${names[index]} as materialized (select * from (${leg}) as leg where ${isWanted} > 0)`;
  });
  const all = names.map((name) => `select * from ${name}`).join(' union all ');
  return `with ${parts.join(', ')} ${all} order by stretch, at, id limit ${limit}`;
}

interface LegGiven {
  /** Where the page before ended: its group, and where the statement finds time and id. */
  after: { group: number; time: string; id: string } | null;
  conditions: readonly string[];
  isSearched: boolean;
  limit: string;
}

function legStatement(leg: Leg, { after, conditions, isSearched, limit }: LegGiven): string {
  const words = 'conversation_words w on w.workspace_id = $1 and w.conversation_id = c.id';
  return `select c.id, ${typeof leg.group === 'number' ? `${leg.group}::int` : leg.group} as stretch, ${leg.time} as at
    from conversations c ${isSearched ? `join ${words}` : ''}
    where ${['c.workspace_id = $1', leg.where, ...conditions, ...behind(leg, after)].join(' and ')}
    order by ${leg.order} limit ${limit}`;
}

function behind({ group, time, from }: Leg, after: LegGiven['after']): string[] {
  if (!after) return [];
  if (typeof group === 'string')
    return [`(${group}, ${time}, c.id) > (${after.group}, ${after.time}, ${after.id})`];
  if (group > after.group) return [];
  // The first bound lets an index start at the cursor; the second is exact.
  const exact = `(${time}, c.id) > (${after.time}, ${after.id})`;
  return from ? [from(after.time), exact] : [exact];
}
