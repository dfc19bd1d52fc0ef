import type { ConversationId } from '@deskbell/contract';
import type { AgentClient } from '@deskbell/sdk';

/**
 * The server keeps drafts for all of an agent's devices; this browser keeps its own beside, because a
 * page may be closed before the last letters have left, or while there is no line.
 */
interface Kept {
  text: string;
  version: number;
}

export function saveDraft(client: AgentClient, id: ConversationId, text: string): void {
  client.saveDraft(id, text);
  const draft = client.store.entities.drafts.get(id);
  // An empty one as well: what was sent must not come back because the page was closed too soon.
  attempt(() => localStorage.setItem(keyOf(client, id), JSON.stringify(draft)));
}

/** What was written here and never reached the server; anything newer from elsewhere goes before. */
export function restoreDraft(client: AgentClient, id: ConversationId): void {
  const key = keyOf(client, id);
  const kept = attempt(() => JSON.parse(localStorage.getItem(key) ?? 'null') as unknown);
  if (!isKept(kept)) return;
  const held = client.store.entities.drafts.get(id);
  const isOver = (held?.version ?? 0) >= kept.version || (!held && kept.text === '');
  if (isOver) attempt(() => localStorage.removeItem(key));
  else client.saveDraft(id, kept.text);
}

const keyOf = ({ store }: AgentClient, id: ConversationId) =>
  `deskbell.draft.${store.me?.id ?? ''}.${id}`;

function isKept(value: unknown): value is Kept {
  return (
    typeof value === 'object' &&
    value !== null &&
    'text' in value &&
    typeof value.text === 'string' &&
    'version' in value &&
    typeof value.version === 'number'
  );
}

/** Storage may be denied or full; then the server's copy is the only one. */
function attempt<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
