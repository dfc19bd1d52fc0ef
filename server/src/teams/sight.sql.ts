import type { Sight } from '@deskbell/contract';
import type { Parameter } from '../platform/store/connect.ts';

/**
 * Which conversations `c` somebody sees: the same as `sees` of the contract, held together by a property
 * test. $1 is the workspace; {@link sightParameters} are $2 to {@link SIGHT_END}.
 */
export const IS_SEEN = `($2::boolean
  or case when c.team_id is null then c.inbox_id = any($3::uuid[])
     else c.team_id = any($4::uuid[]) or c.inbox_id = any($5::uuid[]) end
  or c.assignee_id = $6::uuid or c.participants @> $7::text::jsonb)`;

/**
 * What `IS_SEEN` implies, each part as an index has it: beside it, so that the few that are seen of many are
 * found instead of looked for.
 */
const MAY_BE_SEEN = `($2::boolean
  or c.inbox_id = any($3::uuid[]) or c.inbox_id = any($5::uuid[]) or c.team_id = any($4::uuid[])
  or c.assignee_id = $6::uuid or (c.participants <> '[]' and c.participants @> $7::text::jsonb))`;

/** {@link IS_SEEN} for many conversations. */
export const SEEN_OF_MANY = `${MAY_BE_SEEN} and ${IS_SEEN}`;

/** The same of who sees no inbox and no team, in parts that an index each has in the order of closing: what they have, and what they take part in. */
export const SEEN_BY_PARTS = [
  `${IS_SEEN} and c.assignee_id = $6::uuid`,
  `${IS_SEEN} and c.participants <> '[]' and c.participants @> $7::text::jsonb`,
];

/** Whether somebody is in the conversation `c`, by the same parameters. */
export const IS_IN = '(c.assignee_id = $6::uuid or c.participants @> $7::text::jsonb)';

/** The last of its parameters; a statement's own follow. */
export const SIGHT_END = 7;

export function sightParameters(sight: Sight): Parameter[] {
  return [
    sight.isSupervisor,
    uuids(sight.servedInboxIds),
    uuids(sight.teamIds),
    uuids(sight.inboxIds),
    sight.agentId,
    JSON.stringify([{ agentId: sight.agentId }]),
  ];
}

const uuids = (ids: ReadonlySet<string>) => `{${[...ids].join(',')}}`;
