import type { ClientFrame } from '@deskbell/contract';
import { markTyping, saveDraft } from '../drafts/index.ts';
import { findVisible, readOwnConversations } from '../lists/index.ts';
import { Allowance } from '../platform/http/allowance.ts';
import type { Actor } from '../platform/pipeline/command.ts';
import type { Pool } from '../platform/store/connect.ts';
import { markRead, moveReceipt } from '../reading/index.ts';
import type { AgentStream } from './agent-stream.ts';
import type { ContactStream } from './contact-stream.ts';
import type { Hub } from './hub.ts';
import type { Place } from './told.ts';

/** Who stands at the other end of a socket. */
export type Party =
  | {
      kind: 'agent';
      hub: Hub;
      workspaceId: string;
      stream: AgentStream;
      actor: Extract<Actor, { kind: 'agent' }>;
    }
  | {
      kind: 'contact';
      hub: Hub;
      workspaceId: string;
      stream: ContactStream;
      actor: Extract<Actor, { kind: 'contact' }>;
    };

type Agent = Extract<Party, { kind: 'agent' }>;
type Contact = Extract<Party, { kind: 'contact' }>;
type Pulse = Extract<ClientFrame, { t: 'typing' | 'read' | 'delivered' | 'draft' }>;

/** How often one may be seen to type or to stop: more often than anybody does, and no flood for whoever looks on. */
const typings = new Allowance({ burst: 60, perMs: 20_000 });

/** What is told but not logged: typing, reading, receipts, drafts. Access is decided as for the conversation itself. */
export async function pulse(party: Party, spoken: Pulse, pool: Pool): Promise<void> {
  if (spoken.t === 'typing' && typings.spend(party.actor.id, performance.now()) > 0) return;
  const place = await findPlace(party, spoken.conversationId, pool);
  if (!place) return;
  if (spoken.t === 'typing') return typing(party, { place, isTyping: spoken.isTyping }, pool);
  if (spoken.t === 'draft') return party.kind === 'agent' ? draft(party, spoken, pool) : undefined;
  return party.kind === 'agent'
    ? readByAgent(party, { place, seq: spoken.seq }, pool)
    : receivedByContact(party, { place, spoken }, pool);
}

async function findPlace(
  party: Party,
  conversationId: string,
  pool: Pool,
): Promise<Place | undefined> {
  if (party.kind === 'agent')
    return findVisible(pool, party.workspaceId, { conversationId, sight: party.stream.sight });
  if (party.stream.conversationId === conversationId)
    return { id: conversationId, contactId: party.actor.id, inboxId: party.actor.inboxId };
  const own = await readOwnConversations(pool, party.workspaceId, {
    contactId: party.actor.id,
    inboxId: party.actor.inboxId,
    limit: 50,
  });
  return own.find((row) => row.id === conversationId);
}

async function typing(
  party: Party,
  { place, isTyping }: { place: Place; isTyping: boolean },
  pool: Pool,
): Promise<void> {
  const { id, contactId, inboxId } = place;
  const by = { kind: party.kind, id: party.actor.id };
  party.hub.tell({ t: 'typing', place: { id, contactId, inboxId }, by, isTyping }, party.stream);
  // it keeps the conversation with who types.
  if (party.kind === 'agent' && isTyping)
    await markTyping(pool, party.workspaceId, { agentId: by.id, conversationId: id });
}

async function readByAgent(
  { workspaceId, actor, hub }: Agent,
  { place, seq }: { place: Place; seq: number },
  pool: Pool,
): Promise<void> {
  const mark = await markRead(pool, workspaceId, {
    agentId: actor.id,
    conversationId: place.id,
    seq,
  });
  if (mark) hub.tell({ t: 'mark', agentId: actor.id, mark });
  const side = 'ours_read';
  const receipt = await moveReceipt(pool, workspaceId, { conversationId: place.id, side, seq });
  if (receipt) hub.tell({ t: 'receipt', place, receipt });
}

async function receivedByContact(
  party: Contact,
  { place, spoken }: { place: Place; spoken: Extract<Pulse, { t: 'read' | 'delivered' }> },
  pool: Pool,
): Promise<void> {
  const side = spoken.t === 'read' ? 'contact_read' : 'contact_delivered';
  const receipt = await moveReceipt(pool, party.workspaceId, {
    conversationId: place.id,
    side,
    seq: spoken.seq,
  });
  if (receipt) party.hub.tell({ t: 'receipt', place, receipt });
}

async function draft(
  { workspaceId, actor, hub, stream }: Agent,
  spoken: Extract<Pulse, { t: 'draft' }>,
  pool: Pool,
): Promise<void> {
  const kept = { id: spoken.conversationId, version: spoken.version, text: spoken.text };
  const isKept = await saveDraft(pool, workspaceId, { ...kept, agentId: actor.id });
  if (isKept) hub.tell({ t: 'draft', agentId: actor.id, draft: kept }, stream);
}
