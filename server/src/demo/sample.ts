import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  type CommandKind,
  type LabelId,
  type Role,
  settingsSchema,
  type TeamId,
} from '@deskbell/contract';
import { loadInboxes } from '../inboxes/index.ts';
import { newId } from '../platform/ids.ts';
import type { Submit } from '../platform/pipeline/submit.ts';
import type { Pool } from '../platform/store/connect.ts';
import { Pictures } from '../profiles/index.ts';
import type { SignIn } from '../sign-in/index.ts';
import {
  type InboxName,
  inboxes,
  type LabelName,
  labels,
  people,
  type TeamName,
  teams,
} from './cast.ts';
import { tellStories } from './played.ts';

/** How to sign in as one of the sample's people. */
export interface SampleSignIn {
  name: string;
  email: string;
  password: string;
}

const DAY = 24 * 60 * 60_000;
/** Who looks at a sample signs in as its owner or as one of its agents. */
const SHOWN = 2;

/**
 * Fills an empty Deskbell with a company at work: eight people, two teams, three inboxes, conversations
 * of every state and age in two languages, made by the rules themselves with an earlier clock. Resolves
 * with sign-ins; null, and nothing done, where a workspace is there already.
 */
export async function createSample(parts: Parts): Promise<SampleSignIn[] | null> {
  if (!(await parts.signIn.isFirstVisit())) return null;
  const hired = people.map((person) => ({ ...person, password: passphrase() }));
  const [owner, ...others] = hired;
  if (!owner) return null;
  const made = await parts.signIn.createWorkspace({
    ...owner,
    workspaceName: inboxes.shop.name,
    userAgent: AGENT,
  });
  if ('code' in made) return null;
  const { workspaceId, agentId: ownerId } = made;
  const agentIds = [ownerId];
  for (const person of others) agentIds.push(await hire(parts, { workspaceId, ownerId, person }));
  for (const [index, agentId] of agentIds.entries())
    await introduce(parts, { workspaceId, agentId, person: people[index] });
  const act = asOwner(parts, workspaceId, ownerId);
  const inboxIds = await openInboxes(parts, { workspaceId, agentIds, act });
  const teamIds = await formTeams(act, { inboxIds, agentIds });
  const labelIds = await nameLabels(act);
  await act('workspace.change-settings', unhurried);
  const settings = settingsSchema.parse(unhurried);
  await tellStories(parts.pool, {
    workspaceId,
    agentIds,
    inboxIds,
    teamIds,
    labelIds,
    settings,
  });
  await goToWork(parts, { workspaceId, agentIds });
  return hired.slice(0, SHOWN).map(({ name, email, password }) => ({ name, email, password }));
}

interface Parts {
  pool: Pool;
  signIn: SignIn;
  submit: Submit;
}
const AGENT = 'sample';

async function hire(
  { signIn }: Parts,
  given: {
    workspaceId: string;
    ownerId: string;
    person: { name: string; email: string; role: Role; password: string };
  },
): Promise<string> {
  const { workspaceId, ownerId, person } = given;
  const { email, role } = person;
  const { token } = await signIn.invitations.invite({ workspaceId, by: ownerId, email, role });
  const entered = await signIn.accept({ ...person, token, userAgent: AGENT });
  if ('code' in entered) throw new Error(`${person.name} could not enter: ${entered.detail}`);
  return entered.agentId;
}

/** Nobody sits at the sample's desks: within minutes all that they have would be queued or closed. */
const unhurried = { afterDetach: 'nothing', inactivityMs: DAY, presenceGraceMs: DAY } as const;

type Act = (kind: CommandKind, input: object) => Promise<object>;

function asOwner({ submit }: Parts, workspaceId: string, ownerId: string): Act {
  return async (kind, input) => {
    const actor = { kind: 'agent', id: ownerId } as const;
    const result = await submit({ workspaceId, actor, kind, input, clientId: newId(Date.now()) });
    if ('code' in result) throw new Error(`${kind} was refused: ${result.detail}`);
    return result.answer;
  };
}

/** The picture of somebody, and the languages they speak. The pictures are drawn, of nobody. */
async function introduce(
  { pool, submit }: Parts,
  given: { workspaceId: string; agentId: string; person: (typeof people)[number] | undefined },
): Promise<void> {
  const { workspaceId, agentId, person } = given;
  if (!person) return;
  const [file] = person.email.split('@');
  const portrait = await readFile(new URL(`portraits/${file}.webp`, import.meta.url), 'base64');
  const shown = await new Pictures({ pool, submit }).put({ workspaceId, agentId }, portrait);
  if ('code' in shown) throw new Error(`the picture of ${person.name}: ${shown.detail}`);
  await submit({
    ...{ workspaceId, actor: { kind: 'agent', id: agentId }, clientId: newId(Date.now()) },
    ...{ kind: 'agent.change-profile', input: { languages: [...person.speaks] } },
  });
}

/** Exactly these inboxes, served by exactly those who serve them. */
async function openInboxes(
  { pool }: Parts,
  given: { workspaceId: string; agentIds: readonly string[]; act: Act },
): Promise<Record<InboxName, string>> {
  const { workspaceId, agentIds, act } = given;
  const [first] = await loadInboxes(pool, workspaceId);
  const ids = { shop: first?.id ?? '', laden: '', wholesale: '' };
  for (const [key, { name, color, greeting }] of Object.entries(inboxes)) {
    const place = key as InboxName;
    if (!ids[place])
      ids[place] = ((await act('inbox.create', { name })) as { inboxId: string }).inboxId;
    await act('inbox.change', { inboxId: ids[place], name, color, greeting });
  }
  for (const inbox of await loadInboxes(pool, workspaceId))
    for (const [index, agentId] of agentIds.entries()) {
      const serves = (people[index]?.serves ?? []) as readonly InboxName[];
      const isWanted = serves.some((place) => ids[place] === inbox.id);
      if (isWanted === inbox.memberIds.includes(agentId)) continue;
      const kind = isWanted ? 'inbox.add-member' : 'inbox.remove-member';
      await act(kind, { inboxId: inbox.id, agentId });
    }
  return ids;
}

/** Most are there, as in a company at work; they go by themselves after a while, as people without a desk do. */
async function goToWork(
  { submit }: Parts,
  { workspaceId, agentIds }: { workspaceId: string; agentIds: readonly string[] },
): Promise<void> {
  for (const [index, id] of agentIds.entries()) {
    const availability = people[index]?.availability;
    const result = await submit({
      workspaceId,
      actor: { kind: 'agent', id },
      kind: 'agent.set-availability' satisfies CommandKind,
      input: { availability, conversations: 'keep' },
      clientId: newId(Date.now()),
    });
    if ('code' in result) throw new Error(`nobody goes to work: ${result.detail}`);
  }
}

async function formTeams(
  act: Act,
  { inboxIds, agentIds }: { inboxIds: Record<InboxName, string>; agentIds: readonly string[] },
): Promise<Record<TeamName, string>> {
  const ids = { orders: '', workshop: '' };
  for (const [key, { name, serves, members }] of Object.entries(teams)) {
    const { teamId } = (await act('team.create', { name })) as { teamId: TeamId };
    ids[key as TeamName] = teamId;
    for (const place of serves) await act('inbox.add-team', { inboxId: inboxIds[place], teamId });
    for (const [index, agentId] of agentIds.entries())
      if ((members as readonly string[]).includes(people[index]?.name ?? ''))
        await act('team.add-member', { teamId, agentId });
  }
  return ids;
}

async function nameLabels(act: Act): Promise<Record<LabelName, LabelId>> {
  const ids: Partial<Record<LabelName, LabelId>> = {};
  for (const [key, label] of Object.entries(labels)) {
    const { labelId } = (await act('label.create', label)) as { labelId: LabelId };
    ids[key as LabelName] = labelId;
  }
  return ids as Record<LabelName, LabelId>;
}

const words =
  'amber birch cedar cloud coral crane delta ember fable fjord flint grove harbor hazel heron ivory juniper kelp lantern linen lotus maple meadow mossy nectar north ocean olive otter pebble plume quartz raven ripple saffron sable slate sorrel spruce stone thistle tidal velvet walnut willow winter yarrow zephyr'.split(
    ' ',
  );

/** Five words of fifty: made anew each time, because there is no default password, ever. */
function passphrase(): string {
  return Array.from({ length: 5 }, () => words[randomInt(words.length)]).join('-');
}
