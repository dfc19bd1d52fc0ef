import { randomInt } from 'node:crypto';
import { type Settings, settingsSchema } from '@deskbell/contract';
import { type ContactRow, contactIdOf, contacts } from '../contacts/index.ts';
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
import type { Pool, Queries } from '../platform/store/connect.ts';
import { runStatement } from '../platform/store/statement.ts';
import type { SignIn } from '../sign-in/index.ts';
import { type Story, stories } from './stories.ts';

/** How to sign in as one of the sample's people. */
export interface SampleSignIn {
  name: string;
  email: string;
  password: string;
}

const MINUTE = 60_000;
const people = [
  { name: 'Olivia Brandt', email: 'olivia@harbour.example' },
  { name: 'Samuel Reyes', email: 'samuel@harbour.example' },
] as const;

/**
 * Fills an empty Deskbell with a small workspace: two people, ten conversations in every state, made by
 * the rules themselves with an earlier clock. Null, and nothing done, where a workspace is there already.
 */
export async function createSample(parts: {
  pool: Pool;
  signIn: SignIn;
}): Promise<SampleSignIn[] | null> {
  const [owner, agent] = people.map((person) => ({ ...person, password: passphrase() }));
  if (!owner || !agent || !(await parts.signIn.isFirstVisit())) return null;
  const userAgent = 'sample';
  const made = await parts.signIn.createWorkspace({
    ...owner,
    workspaceName: 'Harbour & Oak',
    userAgent,
  });
  if ('code' in made) return null;
  const { token } = await parts.signIn.invite({
    workspaceId: made.workspaceId,
    by: made.agentId,
    email: agent.email,
    role: 'agent',
  });
  const entered = await parts.signIn.accept({ ...agent, token, userAgent });
  if ('code' in entered)
    throw new Error(`the sample's second agent could not enter: ${entered.detail}`);
  await tellStories(parts.pool, {
    workspaceId: made.workspaceId,
    agentIds: [made.agentId, entered.agentId],
  });
  return [owner, agent];
}

async function tellStories(
  pool: Pool,
  place: { workspaceId: string; agentIds: string[] },
): Promise<void> {
  const { workspaceId, agentIds } = place;
  const [inbox] = await loadInboxes(pool, workspaceId);
  if (!inbox) throw new Error('the sample has no inbox');
  const settings = settingsSchema.parse({});
  const now = Date.now();
  await pool.begin(async (transaction) => {
    const sql = transaction as unknown as Queries;
    for (const [index, story] of stories.entries()) {
      const contact: ContactRow = {
        id: contactIdOf(workspaceId, `sample contact ${index}`),
        version: 1,
        ...story.contact,
        createdAt: now - story.agoMin * MINUTE,
      };
      const steps = stepsOf(story, {
        now,
        settings,
        contactId: contact.id,
        inboxId: inbox.id,
        agentIds,
      });
      await runStatement(sql, contacts.insert(workspaceId, [contact]));
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
    at += (line.afterMin ?? 1) * MINUTE;
    if (line.by === 'agent' && steps.at(-1)?.conversation.assigneeId === null)
      then((row) => assigned(row, { agentId: agent.id, author: agent }, moment()));
    const author = line.by === 'contact' ? contact : agent;
    then((row) =>
      withMessage(row, { text: line.text, clientId: newId(at), author, settings }, moment()),
    );
  }
  at += MINUTE;
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
