import { randomInt } from 'node:crypto';
import { type CommandKind, type Role, type Settings, settingsSchema } from '@deskbell/contract';
import { type ContactRow, contacts } from '../contacts/index.ts';
import {
  assigned,
  closed,
  conversations,
  markedPending,
  opened,
  type Step,
  timeline,
  withMessage,
} from '../conversations/index.ts';
import { loadInboxes } from '../inboxes/index.ts';
import { newId } from '../platform/ids.ts';
import type { Actor } from '../platform/pipeline/command.ts';
import type { Submit } from '../platform/pipeline/submit.ts';
import type { Pool, Queries } from '../platform/store/connect.ts';
import { runStatement } from '../platform/store/statement.ts';
import type { SignIn } from '../sign-in/index.ts';
import { type InboxName, inboxes, people } from './cast.ts';
import { type Story, sampleContactId, stories } from './stories.ts';

/** How to sign in as one of the sample's people. */
export interface SampleSignIn {
  name: string;
  email: string;
  password: string;
}

const MINUTE = 60_000;
/** Who looks at a sample signs in as its owner or as one of its agents. */
const SHOWN = 2;

/**
 * Fills an empty Deskbell with a company at work: eight people, three inboxes, conversations of every
 * state and age in two languages, made by the rules themselves with an earlier clock. Resolves with
 * sign-ins; null, and nothing done, where a workspace is there already.
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
  const inboxIds = await openInboxes(parts, { workspaceId, agentIds });
  await tellStories(parts.pool, { workspaceId, agentIds, inboxIds });
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

/** Exactly these inboxes, served by exactly those who serve them. */
async function openInboxes(
  { pool, submit }: Parts,
  { workspaceId, agentIds }: { workspaceId: string; agentIds: readonly string[] },
): Promise<Record<InboxName, string>> {
  const owner: Actor = { kind: 'agent', id: agentIds[0] ?? '' };
  const act = async (kind: CommandKind, input: object): Promise<object> => {
    const clientId = newId(Date.now());
    const result = await submit({ workspaceId, actor: owner, kind, input, clientId });
    if ('code' in result) throw new Error(`${kind} was refused: ${result.detail}`);
    return result.answer;
  };
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

async function tellStories(
  pool: Pool,
  place: { workspaceId: string; agentIds: string[]; inboxIds: Record<InboxName, string> },
): Promise<void> {
  const { workspaceId, agentIds, inboxIds } = place;
  const settings = settingsSchema.parse({});
  const now = Date.now();
  await pool.begin(async (transaction) => {
    const sql = transaction as unknown as Queries;
    const known = new Set<string>();
    // The eldest first: a customer is known from their first conversation on.
    for (const story of stories.toReversed()) {
      const contact: ContactRow = {
        id: sampleContactId(workspaceId, story.contactKey),
        version: 1,
        ...story.contact,
        createdAt: now - story.agoMin * MINUTE,
      };
      const steps = stepsOf(story, {
        now,
        settings,
        contactId: contact.id,
        inboxId: inboxIds[story.inbox],
        agentIds,
      });
      if (!known.has(contact.id)) await runStatement(sql, contacts.insert(workspaceId, [contact]));
      known.add(contact.id);
      const last = steps.at(-1);
      if (last) await runStatement(sql, conversations.insert(workspaceId, [last.conversation]));
      // One at a time: a batch's entries share one moment, these don't.
      for (const { entry } of steps) await runStatement(sql, timeline.insert(workspaceId, [entry]));
    }
  });
}

interface Scene {
  now: number;
  settings: Settings;
  contactId: string;
  inboxId: string;
  agentIds: string[];
}

/** Plays a story through the rules, each line at its time. */
function stepsOf(story: Story, { now, settings, contactId, inboxId, agentIds }: Scene): Step[] {
  // Nothing is said after now.
  let at = now - story.agoMin * MINUTE;
  const moment = () => ({ now: at, newId: () => newId(at) });
  const contact = { kind: 'contact' as const, id: contactId };
  const agent = { kind: 'agent' as const, id: agentIds[story.agent ?? 0] ?? '' };
  const steps = [opened({ inboxId, contactId, author: contact }, moment())];
  const then = (next: (conversation: Step['conversation']) => Step) => {
    const last = steps.at(-1);
    if (last) steps.push(next(last.conversation));
  };
  for (const line of story.lines) {
    at = Math.min(now, at + line.afterMin * MINUTE);
    if (line.by === 'agent' && steps.at(-1)?.conversation.assigneeId === null)
      then((row) => assigned(row, { agentId: agent.id, author: agent }, moment()));
    const author = line.by === 'contact' ? contact : agent;
    then((row) =>
      withMessage(row, { text: line.text, clientId: newId(at), author, settings }, moment()),
    );
  }
  at = Math.min(now, at + MINUTE);
  if (story.end === 'pending')
    then((row) => markedPending(row, { author: agent, settings }, moment()));
  if (story.end === 'closed')
    then((row) => closed(row, { reason: 'agent', author: agent }, moment()));
  return steps;
}

const words =
  'amber birch cedar cloud coral crane delta ember fable fjord flint grove harbor hazel heron ivory juniper kelp lantern linen lotus maple meadow mossy nectar north ocean olive otter pebble plume quartz raven ripple saffron sable slate sorrel spruce stone thistle tidal velvet walnut willow winter yarrow zephyr'.split(
    ' ',
  );

/** Five words of fifty: made anew each time, because there is no default password, ever. */
function passphrase(): string {
  return Array.from({ length: 5 }, () => words[randomInt(words.length)]).join('-');
}
