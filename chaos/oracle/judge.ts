import type { Account, ScreenState, Sent, Shown } from '../clients/ledger.ts';
import type { StoredEntry, StoredEvent, Tables } from './tables.ts';

/** Everything that can be wrong, each with what was found. */
export const charges = [
  /** Acknowledged, and missing in the tables or on a screen that should show it. */
  'lost',
  /** In the tables, or on one screen, more than once. */
  'doubled',
  /** Its sender said it before something that now stands before it. */
  'reordered',
  /** Stored or shown otherwise than it was said. */
  'altered',
  /** Nobody said it, or it was refused, and there it is. */
  'invented',
  /** Positions of the log or sequences of a timeline that are not 1, 2, 3 … */
  'gaps',
  /** An answer that the tables contradict, or a second answer unlike the first. */
  'contradicted',
] as const;
export type Charge = (typeof charges)[number];
export type Findings = Record<Charge, string[]>;

/**
 * A refusal is no last word: sent twice, a command may be refused where it arrived first and taken
 * where it arrives later, as it also may when somebody tries it again under its old id.
 */
export const isTakenLate = ({ state, tries }: Sent) => state === 'refused' && tries > 1;

/** Compares what the clients say with what the tables say. */
export function judge(accounts: readonly Account[], tables: Tables): Findings {
  const findings = Object.fromEntries(charges.map((charge) => [charge, []])) as unknown as Findings;
  const stored = byClientId(tables.entries);
  for (const account of accounts) {
    judgeSent(account, stored, findings);
    judgeOrder(account, stored, findings);
    judgeAnswers(account, { log: tables.log, stored }, findings);
    judgeChanges(account, tables, findings);
    judgeScreens(account, tables, findings);
    findings.contradicted.push(...account.contradictions.map((line) => `${account.name}: ${line}`));
  }
  judgeStored(accounts, tables.entries, findings);
  judgeNumbers(tables, findings);
  return findings;
}

type Stored = ReadonlyMap<string, StoredEntry[]>;

function byClientId(entries: readonly StoredEntry[]): Stored {
  const result = new Map<string, StoredEntry[]>();
  for (const entry of entries)
    if (entry.clientId !== null)
      result.set(entry.clientId, [...(result.get(entry.clientId) ?? []), entry]);
  return result;
}

const isMessage = ({ kind }: Sent) => kind === 'message.receive' || kind === 'message.send';

function judgeSent({ name, sent }: Account, stored: Stored, findings: Findings): void {
  for (const message of sent.filter(isMessage)) {
    const rows = stored.get(message.id) ?? [];
    const what = `${name}, #${message.order} (${message.id})`;
    if (rows.length === 0 && message.state === 'acknowledged')
      findings.lost.push(`${what} is not in the tables`);
    if (rows.length > 1) findings.doubled.push(`${what} is ${rows.length} times in the tables`);
    if (rows.length > 0 && message.state === 'refused' && message.tries === 1)
      findings.invented.push(`${what} was refused (${message.code}) and is in the tables`);
    if (rows.some((row) => row.text !== message.text))
      findings.altered.push(`${what} is stored otherwise than it was said`);
  }
}

/** What one sender said in one place stands in the log in the order in which they said it. */
function judgeOrder({ name, sent }: Account, stored: Stored, findings: Findings): void {
  // A visitor has one place, their inbox; an agent has as many as conversations.
  for (const inOnePlace of Map.groupBy(
    sent.filter(isMessage),
    (each) => each.conversationId,
  ).values()) {
    let before: { order: number; position: number } = { order: -1, position: -1 };
    for (const message of inOnePlace) {
      const { id, order } = message;
      const position = stored.get(id)?.[0]?.position ?? null;
      if (position === null || !isBoundToOrder(message)) continue;
      if (position < before.position)
        findings.reordered.push(
          `${name}: #${order} stands at ${position}, before #${before.order} at ${before.position}`,
        );
      else before = { order, position };
    }
  }
}

/** Told to come back later, a client can't hold back what it has said since. */
const isBoundToOrder = ({ state, postponed }: Sent) =>
  state === 'acknowledged' && postponed.length === 0;

const eventKinds: Record<string, string> = {
  'message.receive': 'message.added',
  'message.send': 'message.added',
  'conversation.accept': 'conversation.assigned',
  'conversation.end': 'conversation.closed',
  'conversation.close': 'conversation.closed',
  'conversation.leave': 'conversation.left',
  'conversation.mark-pending': 'conversation.pending',
  'conversation.reopen': 'conversation.reopened',
};

/** An acknowledgement names a position or a sequence: there stands just this change, by just this sender. */
function judgeAnswers(
  account: Account,
  { log, stored }: { log: Tables['log']; stored: Stored },
  findings: Findings,
): void {
  for (const sent of account.sent) {
    if (sent.state !== 'acknowledged') continue;
    const rows = stored.get(sent.id) ?? [];
    const isSeqRight = sent.seq === null || rows.some(({ seq }) => seq === sent.seq);
    const event = sent.position === null ? null : log[sent.position - 1];
    const isEventRight = event === null || (event && isEventOf(event, sent, account.id));
    if (!isSeqRight || !isEventRight)
      findings.contradicted.push(
        `${account.name}, #${sent.order}: ${sent.kind} was acknowledged as ${sent.seq} at ${sent.position}, where stands ${JSON.stringify(event)}`,
      );
  }
}

const isEventOf = (event: StoredEvent, sent: Sent, actorId: string) =>
  event.position === sent.position &&
  event.actor.endsWith(`:${actorId}`) &&
  event.kind === eventKinds[sent.kind] &&
  (sent.conversationId === null || event.id === sent.conversationId);

/** Changes of state are in the log as often as they were acknowledged. */
function judgeChanges(account: Account, { log }: Tables, findings: Findings): void {
  const own = log.filter(({ actor }) => actor.endsWith(`:${account.id}`));
  for (const [kind, eventKind] of Object.entries(eventKinds)) {
    const sent = account.sent.filter((each) => each.kind === kind);
    const acknowledged = sent.filter(({ state }) => state === 'acknowledged').length;
    const open = sent.filter((each) => each.state === 'waiting' || isTakenLate(each)).length;
    const done = own.filter((event) => event.kind === eventKind).length;
    const what = `${account.name}: ${kind} was acknowledged ${acknowledged} times and done ${done} times`;
    if (sent.length > 0 && done < acknowledged) findings.lost.push(what);
    if (sent.length > 0 && done > acknowledged + open) findings.doubled.push(what);
  }
}

function judgeScreens(account: Account, { entries }: Tables, findings: Findings): void {
  const byConversation = Map.groupBy(entries, (entry) => entry.conversationId);
  for (const screen of account.screens) {
    const rows = byConversation.get(screen.conversationId) ?? [];
    const what = `${account.name}'s screen of ${screen.conversationId}`;
    judgeScreen(screen, { rows, what }, findings);
  }
}

function judgeScreen(
  screen: ScreenState,
  { rows, what }: { rows: readonly StoredEntry[]; what: string },
  findings: Findings,
): void {
  const shown = new Map(screen.entries.map((entry) => [entry.seq, entry]));
  for (const row of rows) {
    const entry = shown.get(row.seq);
    if (entry) judgeShown(entry, { row, what }, findings);
    else if (row.kind === 'message' && isPromised(screen, row.seq))
      findings.lost.push(
        `${what} lacks ${row.seq} (${row.clientId}), ${closerLook(row, rows, screen)}`,
      );
  }
  const last = rows.at(-1)?.seq ?? 0;
  for (const seq of shown.keys())
    if (seq > last) findings.invented.push(`${what} shows ${seq}, and the tables end at ${last}`);
  const messages = screen.entries.flatMap(({ clientId }) => clientId ?? []);
  const times = Map.groupBy(messages, (id) => id);
  for (const [id, all] of times)
    if (all.length > 1) findings.doubled.push(`${what} shows ${id} ${all.length} times`);
}

/** Where in the conversation it is missing, and what is known of the screen. */
function closerLook(
  row: StoredEntry,
  rows: readonly StoredEntry[],
  { entries, until, skipped }: ScreenState,
): string {
  const around = rows
    .filter(({ seq }) => Math.abs(seq - row.seq) <= 3)
    .map(({ seq, kind, authorKind, position }) => `${seq} ${kind} by ${authorKind} at ${position}`);
  const shown = entries.map(({ seq }) => seq);
  const facts = { last: rows.at(-1)?.seq, shown: [Math.min(...shown), Math.max(...shown)] };
  return JSON.stringify({ ...facts, until, skipped, around });
}

function isPromised(screen: ScreenState, seq: number): boolean {
  const isSkipped = screen.skipped.some(([first, last]) => seq >= first && seq <= last);
  return seq > screen.from && seq <= (screen.until ?? Number.POSITIVE_INFINITY) && !isSkipped;
}

function judgeShown(
  entry: Shown,
  { row, what }: { row: StoredEntry; what: string },
  findings: Findings,
): void {
  if (entry.entryId !== row.id || entry.text !== row.text || entry.clientId !== row.clientId)
    findings.altered.push(
      `${what} shows ${JSON.stringify(entry)} at ${row.seq}, the tables have ${row.id}`,
    );
}

/** Whatever is stored was said by somebody, and by the one it is ascribed to. */
function judgeStored(
  accounts: readonly Account[],
  entries: readonly StoredEntry[],
  findings: Findings,
): void {
  const authors = new Map<string, string>();
  for (const { id, sent } of accounts) for (const each of sent) authors.set(each.id, id);
  for (const entry of entries) {
    if (entry.kind !== 'message') continue;
    if (entry.clientId === null || authors.get(entry.clientId) !== entry.authorId)
      findings.invented.push(
        `${entry.conversationId} ${entry.seq} is ascribed to ${entry.authorKind} ${entry.authorId}, who did not say it`,
      );
  }
}

function judgeNumbers({ log, entries, conversations }: Tables, findings: Findings): void {
  log.forEach(({ position }, index) => {
    if (position !== index + 1) findings.gaps.push(`the log has ${position} at ${index + 1}`);
  });
  const byConversation = Map.groupBy(entries, (entry) => entry.conversationId);
  for (const { id, seq } of conversations) {
    const rows = byConversation.get(id) ?? [];
    const isDense = rows.every((row, index) => row.seq === index + 1) && rows.length === seq;
    if (!isDense) findings.gaps.push(`conversation ${id} counts ${seq} and has ${rows.length}`);
  }
  for (const entry of entries)
    if (entry.position === null)
      findings.gaps.push(`${entry.conversationId} ${entry.seq} has no event`);
}
