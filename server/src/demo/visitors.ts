import { randomInt, randomUUID } from 'node:crypto';
import type { CommandKind } from '@deskbell/contract';
import type { Submit } from '../platform/pipeline/submit.ts';
import type { Pool } from '../platform/store/connect.ts';
import { sampleContactId, stories } from './stories.ts';
import { german } from './tales.de.ts';
import { english } from './tales.en.ts';

const MIN_PAUSE_MS = 12_000;
const MAX_PAUSE_MS = 40_000;
const thanks = [
  'Thank you!',
  'That helps, thanks.',
  'Perfect 👍',
  'Danke schön!',
  'Alles klar, danke.',
];

interface Place {
  workspaceId: string;
  inboxId: string;
  contactId: string;
}

/**
 * Lets the sample's customers write now and then by themselves: mostly a new question, sometimes thanks
 * for an answer. In no other workspace than the sample's. The promise resolves when they have been stopped.
 */
export async function letVisitorsWrite(
  parts: { pool: Pool; submit: Submit; onTrouble(error: unknown, what: string): void },
  stopped: AbortSignal,
): Promise<void> {
  while (!stopped.aborted) {
    await pause(randomInt(MIN_PAUSE_MS, MAX_PAUSE_MS), stopped);
    if (stopped.aborted) return;
    await writeOnce(parts).catch((error: unknown) => parts.onTrouble(error, 'a sample visitor'));
  }
}

/** One message of one customer. False where this is no sample. */
export async function writeOnce({
  pool,
  submit,
}: {
  pool: Pool;
  submit: Submit;
}): Promise<boolean> {
  const answered = await findAnswered(pool);
  const place = answered ?? (await findQuiet(pool));
  if (!place) return false;
  const { workspaceId, inboxId, contactId } = place;
  const tales = randomInt(3) === 0 ? german : english;
  const question = tales[randomInt(tales.length)]?.lines[0]?.text ?? '';
  const text = answered
    ? (thanks[randomInt(thanks.length)] ?? '')
    : question.replace(/\{\w+\}/g, '20417');
  const result = await submit({
    workspaceId,
    actor: { kind: 'contact', id: contactId, inboxId },
    kind: 'message.receive' satisfies CommandKind,
    input: { text },
    clientId: randomUUID(),
  });
  if ('code' in result) throw new Error(`refused: ${result.code}`);
  return true;
}

/** Somebody who has just been answered. */
async function findAnswered(pool: Pool): Promise<Place | undefined> {
  const [place] = await pool<Place[]>`
    select c.workspace_id as "workspaceId", c.inbox_id as "inboxId", c.contact_id as "contactId"
    from conversations c
    where c.status = 'open' and c.last_side = 'ours' and c.assignee_id is not null
    order by c.last_at desc limit 1`;
  return place && (await isSample(pool, place.workspaceId)) && randomInt(2) === 0
    ? place
    : undefined;
}

/** A customer of the sample who has nothing open. */
async function findQuiet(pool: Pool): Promise<Place | undefined> {
  const [place] = await pool<Place[]>`
    select c.workspace_id as "workspaceId", c.inbox_id as "inboxId", c.contact_id as "contactId"
    from conversations c
    where c.status = 'closed' and not exists (
      select from conversations o
      where o.workspace_id = c.workspace_id and o.contact_id = c.contact_id and o.status <> 'closed')
    order by random() limit 1`;
  return place && (await isSample(pool, place.workspaceId)) ? place : undefined;
}

/** The sample's contacts have ids that no other workspace's have. */
async function isSample(pool: Pool, workspaceId: string): Promise<boolean> {
  const id = sampleContactId(workspaceId, stories[0]?.contactKey ?? '');
  const rows = await pool`select from contacts where workspace_id = ${workspaceId} and id = ${id}`;
  return rows.length > 0;
}

function pause(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    stopped.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
