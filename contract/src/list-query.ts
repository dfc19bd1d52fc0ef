import { z } from 'zod';
import { agentIdSchema, inboxIdSchema, labelIdSchema, teamIdSchema } from './ids.ts';
import { storable } from './text.ts';
import { timeSchema } from './time.ts';
import type { ListFilter, ListQuery } from './views/filter.ts';
import { lists, sorts, sortsOf, usualSort } from './views/lists.ts';

/** The longest search within a list, in UTF-16 code units, and how many ids one field of a filter takes. */
export const SEARCH_LIMIT = 200;
const IDS_LIMIT = 100;

export const sortSchema = z.enum(sorts);

const several = <Id extends z.ZodType>(id: Id) => z.array(id).min(1).max(IDS_LIMIT).optional();

/** What a list is narrowed to, as it is stored and sent in bodies. */
export const listFilterSchema = z.strictObject({
  inboxIds: several(inboxIdSchema),
  teamIds: several(z.union([teamIdSchema, z.literal('none')])),
  assigneeIds: several(z.union([agentIdSchema, z.literal('nobody')])),
  labelIds: several(labelIdSchema),
  isFlagged: z.boolean().optional(),
  since: timeSchema.optional().meta({ description: 'dated not before; ms since 1970' }),
  until: timeSchema.optional().meta({ description: 'dated before; ms since 1970' }),
  closedById: agentIdSchema.optional(),
}) satisfies z.ZodType<ListFilter>;

/** How an agent keeps a list: the same on all their devices. */
export const keptListSchema = z.strictObject({
  sort: sortSchema.optional(),
  filter: listFilterSchema.optional(),
});
export type KeptList = z.infer<typeof keptListSchema>;

const isId = (id: string) => z.guid().safeParse(id).success;

/** Ids by commas, as they stand in an address; `word` where none is meant. */
const idsByComma = (description: string, word?: string) =>
  z
    .string()
    .max(IDS_LIMIT * 37)
    .refine((text) => text.split(',').every((id) => isId(id) || id === word), {
      message: 'is no id, or several by commas',
    })
    .optional()
    .meta({ description });

const timeInAddress = z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).optional();

/** A list as it stands in an address. */
export const listAddressSchema = z.object({
  list: z.enum(lists),
  sort: sortSchema.optional().meta({ description: "absent: the list's usual one" }),
  inboxes: idsByComma('ids by commas'),
  teams: idsByComma('ids by commas; `none`: in no team’s queue', 'none'),
  assignees: idsByComma('ids by commas; `nobody`: untaken', 'nobody'),
  labels: idsByComma('ids by commas: it bears one of them'),
  isFlagged: z.enum(['true', 'false']).optional(),
  since: timeInAddress.meta({
    description: 'last message, or closing, not before; ms since 1970',
  }),
  until: timeInAddress.meta({ description: 'the same, before' }),
  closedBy: agentIdSchema.optional().meta({ description: 'the agent who closed it' }),
  search: storable(z.string().max(SEARCH_LIMIT)).optional().meta({
    description: "words in the contact's name or mail, or in the last message",
  }),
});
export type ListAddress = z.infer<typeof listAddressSchema>;

/** The query that an address says. */
export function queryIn(address: ListAddress): ListQuery {
  const { list, sort = usualSort(list), search = '', since, until } = address;
  const { isFlagged } = address;
  const filter = {
    inboxIds: ids(address.inboxes),
    teamIds: ids(address.teams),
    assigneeIds: ids(address.assignees),
    labelIds: ids(address.labels),
    isFlagged: isFlagged === undefined ? undefined : isFlagged === 'true',
    since,
    until,
    closedById: address.closedBy,
  } as ListFilter;
  return { list, sort, filter, search };
}

const ids = (text: string | undefined) => text?.toLowerCase().split(',');

/** Whether a list can be sorted so. */
export const canSort = (list: ListAddress['list'], sort: ListAddress['sort']): boolean =>
  sort === undefined || sortsOf(list).includes(sort);
