import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import {
  type ClientFrame,
  clientFrameSchema,
  errors,
  FRAME_LIMIT,
  FRAMES_AT_ONCE,
  type Hello,
  type Refusal,
} from '@deskbell/contract';
import type { WebSocket } from 'ws';
import { contactIdOf } from '../contacts/index.ts';
import type { InboxRow } from '../inboxes/index.ts';
import type { Announced } from '../notifications/index.ts';
import { SYSTEM } from '../platform/pipeline/command.ts';
import type { Submit } from '../platform/pipeline/submit.ts';
import { Connection } from '../platform/socket/connection.ts';
import type { Desk } from '../presence/index.ts';
import { AgentStream } from './agent-stream.ts';
import { strangeOrigin } from './contact-lane.ts';
import { ContactStream } from './contact-stream.ts';
import { frame } from './frames.ts';
import type { Hubs } from './hubs.ts';
import { type Party, pulse } from './pulses.ts';
import { SESSION_ENDED, type Sessions } from './sessions.ts';
import { Turnstile } from './turnstile.ts';

export interface SocketParts {
  hubs: Hubs;
  submit: Submit;
  /** Who a session's token stands for. `token` undefined: ask the request's cookie; `workspaceId`: the session's own. */
  findAgent(
    request: IncomingMessage,
    given: Pick<Hello, 'token' | 'workspaceId'>,
  ): Promise<{ workspaceId: string; agentId: string; session: string } | Refusal>;
  /** The inbox that a key leads to. */
  findInbox(request: IncomingMessage, key: string): Promise<Inbox | Refusal>;
  /** The streams of each session, so that they end with it. */
  sessions: Pick<Sessions, 'enter' | 'leave'>;
  presence: {
    enter(desk: Desk): Promise<string>;
    leave(id: string): Promise<void>;
  };
  /** Where agents look, and what they were to be told meanwhile. */
  attention: {
    /** Answers whether the agent is away only because no desk was touched. */
    note(said: Attention & { connectionId: string }): Promise<boolean>;
    unshown(workspaceId: string, of: { agentId: string; deviceId: string }): Promise<Announced>;
  };
  /** Whether a page of this origin may carry an inbox's widget. */
  admits(request: IncomingMessage, inbox: Inbox, origin: string): boolean;
  /** The origin of the page that asks; null: our own, or no browser. */
  originOf(request: IncomingMessage): string | null;
  onTrouble(error: unknown, what: string): void;
}

type Inbox = InboxRow & { workspaceId: string };
type Attention = Omit<Extract<ClientFrame, { t: 'attention' }>, 't'>;
type Spoken = Exclude<ClientFrame, { t: 'hello' }>;

/** A client must say who it is within this time, in ms. */
const HELLO_MS = 10_000;

/** As many words of one socket are at work at once, beyond what one text frame holds; commands have limits of their own. */
const AT_WORK = 50;

/** One for all workspaces of this server: they share its event loop. */
const openings = new Turnstile();

/** Serves one socket: hello first, then commands, watches and pulses, each answered on its own. */
export function serveSocket(socket: WebSocket, request: IncomingMessage, parts: SocketParts): void {
  new Session(socket, request, parts);
}

class Session {
  private readonly connection: Connection;
  private readonly request: IncomingMessage;
  private readonly parts: SocketParts;
  private party: Party | null = null;
  private presenceId: string | null = null;
  private session: string | null = null;
  /** One word after the other: the last one counts. */
  private attending: Promise<void> = Promise.resolve();
  /** Words that aren't done yet. */
  private atWork = 0;
  private isGreeted = false;
  private isClosed = false;
  private isEnded = false;
  /** Said before the stream was open. */
  private early: { spoken: Spoken; bytes: number }[] = [];
  private earlyBytes = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(socket: WebSocket, request: IncomingMessage, parts: SocketParts) {
    this.request = request;
    this.parts = parts;
    this.connection = new Connection(socket, request.socket, {
      text: (text) => this.hearSafely(text),
      closed: () => this.closed(),
    });
    this.timer = setTimeout(
      () => this.end('protocol', 'Nothing was said within 10 seconds'),
      HELLO_MS,
    );
  }

  /** One socket's frame must not be everybody's end, whatever is wrong with it or with us. */
  private hearSafely(text: string): void {
    try {
      this.hear(text);
    } catch (error) {
      this.parts.onTrouble(error, 'reading a frame');
      this.end('protocol', errors['malformed-frame'].title);
    }
  }

  private hear(text: string): void {
    const frames = parseFrames(text);
    if (!frames) return this.refuseFrame();
    if (frames.length > FRAMES_AT_ONCE)
      return this.end('protocol', `More than ${FRAMES_AT_ONCE} frames at once`);
    for (const each of frames) if (!this.isEnded) this.hearFrame(each, text.length);
    if (this.early.length > 0) this.holdBack(text.length);
  }

  /** What comes before the stream is open waits here only up to the length of one text frame, beyond it at the client. */
  private holdBack(bytes: number): void {
    this.earlyBytes += bytes;
    if (this.earlyBytes > FRAME_LIMIT) this.connection.pause();
  }

  private end(code: string, detail: string): void {
    this.isEnded = true;
    this.connection.bye(code, detail);
  }

  private hearFrame(value: unknown, bytes: number): void {
    const parsed = clientFrameSchema.safeParse(value);
    if (!parsed.success) return this.refuseFrame(value);
    if (parsed.data.t === 'hello') return this.greet(parsed.data);
    if (!this.isGreeted) return this.end('protocol', 'The first frame is hello');
    if (!this.party) return this.keep({ spoken: parsed.data, bytes });
    this.act(this.party, parsed.data, bytes);
  }

  private keep(early: { spoken: Spoken; bytes: number }): void {
    if (this.early.length === FRAMES_AT_ONCE)
      return this.end('protocol', `More than ${FRAMES_AT_ONCE} frames before the answer to hello`);
    this.early.push(early);
  }

  private refuseFrame(value?: unknown): void {
    const id = isRecord(value) && typeof value.id === 'string' ? value.id : null;
    if (!this.isGreeted) return this.end('protocol', errors['malformed-frame'].title);
    this.connection.send(
      frame({ t: 'refused', id, code: 'malformed-frame', detail: errors['malformed-frame'].title }),
    );
  }

  private greet(hello: Hello): void {
    if (this.isGreeted) return this.refuseFrame();
    this.isGreeted = true;
    clearTimeout(this.timer);
    openings
      .pass(() => this.open(hello))
      .catch((error: unknown) => {
        this.parts.onTrouble(error, 'opening a stream');
        this.part(null);
        this.connection.bye('unavailable', errors.unavailable.title);
      });
  }

  private async open(hello: Hello): Promise<void> {
    if (this.isClosed) return;
    const opening = hello.contact ? this.openContact(hello, hello.contact) : this.openAgent(hello);
    const party = await opening.finally(() => this.connection.resume());
    if (!party || this.isClosed) return this.part(party);
    this.party = party;
    const { early } = this;
    this.early = [];
    for (const { spoken, bytes } of early) this.act(party, spoken, bytes);
  }

  private async openContact(
    hello: Hello,
    { inbox: key, token }: NonNullable<Hello['contact']>,
  ): Promise<Party | null> {
    const inbox = await this.parts.findInbox(this.request, key);
    if ('code' in inbox) {
      this.connection.bye(inbox.code, inbox.detail);
      return null;
    }
    const origin = this.parts.originOf(this.request);
    if (origin !== null && !this.parts.admits(this.request, inbox, origin)) {
      this.connection.bye('wrong-origin', strangeOrigin(origin));
      return null;
    }
    const hub = await this.parts.hubs.of(inbox.workspaceId);
    const contactId = contactIdOf(inbox.workspaceId, token);
    const stream = new ContactStream(
      this.connection,
      { contactId, inboxId: inbox.id, origin },
      {
        parts: { pool: this.parts.hubs.pool, workspaceId: inbox.workspaceId },
        site: () => hub.sites.of(inbox.id),
        agent: (id) => hub.agentOf(id),
      },
    );
    hub.contacts.enter(stream);
    const party: Party = {
      kind: 'contact',
      hub,
      workspaceId: inbox.workspaceId,
      stream,
      actor: { kind: 'contact', id: contactId, inboxId: inbox.id },
    };
    return this.beginOrPart(party, () => stream.begin(hello.through));
  }

  private async openAgent(hello: Hello): Promise<Party | null> {
    const who = await this.parts.findAgent(this.request, hello);
    if ('code' in who) {
      this.connection.bye(goodbyeOf(who), who.detail);
      return null;
    }
    this.session = who.session;
    const [stands, hub] = await Promise.all([
      this.parts.sessions.enter(who, this.connection),
      this.parts.hubs.of(who.workspaceId),
    ]);
    if (!stands) {
      this.connection.bye('session-ended', SESSION_ENDED);
      return null;
    }
    const stream = new AgentStream(this.connection, who.agentId, {
      door: hub,
      parts: { pool: this.parts.hubs.pool, workspaceId: who.workspaceId },
    });
    hub.enter(stream);
    const party: Party = {
      kind: 'agent',
      hub,
      workspaceId: who.workspaceId,
      stream,
      actor: { kind: 'agent', id: who.agentId },
    };
    return this.beginOrPart(party, async () => {
      if (hello.isPresent !== false) this.presenceId = await this.parts.presence.enter(who);
      await stream.begin(hello);
    });
  }

  private async beginOrPart(party: Party, begin: () => Promise<void>): Promise<Party> {
    try {
      await begin();
    } catch (error) {
      this.part(party);
      throw error;
    }
    return party;
  }

  private act(party: Party, spoken: Spoken, bytes: number): void {
    if (spoken.t === 'command') return this.command(party, spoken, bytes);
    if (spoken.t === 'ping') return this.connection.send('{"t":"pong"}');
    this.atWork += 1;
    if (this.atWork === AT_WORK) this.connection.pause();
    this.attend(party, spoken)
      .catch((error: unknown) => {
        this.parts.onTrouble(error, `a ${spoken.t} frame`);
        // A timeline that could not be read would stay a hole: the desk comes again, and with it all that it holds.
        if (spoken.t === 'watch') this.connection.bye('unavailable', errors.unavailable.title);
      })
      .finally(() => {
        this.atWork -= 1;
        if (this.atWork === AT_WORK - 1) this.connection.resume();
      });
  }

  private async attend(
    party: Party,
    spoken: Exclude<ClientFrame, { t: 'hello' | 'command' | 'ping' }>,
  ): Promise<void> {
    if (spoken.t === 'attention') return this.attendTo(party, spoken);
    if (spoken.t === 'board') {
      if (party.kind === 'agent') party.stream.watchBoard(spoken.isWatched);
      return;
    }
    if (spoken.t !== 'watch' && spoken.t !== 'unwatch')
      return pulse(party, spoken, this.parts.hubs.pool);
    if (party.kind !== 'agent') return;
    if (spoken.t === 'watch') return party.stream.watch(spoken.conversationId, spoken.after);
    party.hub.unwatch(party.stream, spoken.conversationId);
  }

  private attendTo(party: Party, { t: _, ...said }: Attention & { t: string }): Promise<void> {
    const noted = this.attending.then(() => this.noteAttention(party, said));
    this.attending = noted.catch(() => undefined);
    return noted;
  }

  private async noteAttention(party: Party, said: Attention): Promise<void> {
    if (party.kind !== 'agent' || this.presenceId === null) return;
    const { attention } = this.parts;
    const { deviceId } = said;
    const { stream, workspaceId } = party;
    const isNew = stream.deviceId !== deviceId;
    stream.deviceId = deviceId;
    const isBack = await attention.note({ ...said, connectionId: this.presenceId });
    if (isBack) await this.wake(party);
    if (!isNew) return;
    const of = { agentId: party.actor.id, deviceId };
    party.hub.announce(await attention.unshown(workspaceId, of));
  }

  /** whoever was away for want of a sign of life has given one. */
  private async wake({ workspaceId, actor }: Party): Promise<void> {
    const input = { agentId: actor.id };
    const clientId = randomUUID();
    const kind = 'agent.sign-in';
    const result = await this.parts.submit(
      { workspaceId, actor: SYSTEM, kind, input, clientId },
      0,
    );
    if ('code' in result) this.parts.onTrouble(new Error(result.detail), kind);
  }

  private command(
    party: Party,
    spoken: Extract<ClientFrame, { t: 'command' }>,
    bytes: number,
  ): void {
    this.parts
      .submit(
        {
          workspaceId: party.workspaceId,
          actor: party.actor,
          kind: spoken.kind,
          input: spoken.input,
          clientId: spoken.id,
        },
        bytes,
      )
      .then((result) => {
        this.connection.send(
          'code' in result
            ? frame({ t: 'refused', id: spoken.id, ...result })
            : ackFrame(party, spoken.id, result),
        );
      })
      .catch((error: unknown) => this.parts.onTrouble(error, `answering ${spoken.kind}`));
  }

  private closed(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.part(this.party);
    this.party = null;
  }

  private part(party: Party | null): void {
    if (party) leaveHub(party);
    if (this.session) this.parts.sessions.leave(this.session, this.connection);
    this.session = null;
    if (this.presenceId) void this.parts.presence.leave(this.presenceId);
    this.presenceId = null;
  }
}

/** To the one who comes, a session that ended and one that never was are the same. */
const goodbyeOf = ({ code }: Refusal) =>
  code === 'not-a-member' || code === 'too-many' ? code : 'unauthenticated';

/** Positions of the workspace's log are for agents alone: a stranger must not read the company's traffic. */
function ackFrame(party: Party, id: string, result: { position: number; answer: object }): string {
  const position = party.kind === 'agent' ? `"position":${result.position},` : '';
  return `{"t":"ack","id":"${id}",${position}"answer":${JSON.stringify(result.answer)}}`;
}

function leaveHub(party: Party): void {
  if (party.kind === 'agent') party.hub.leave(party.stream);
  else party.hub.contacts.leave(party.stream);
}

function parseFrames(text: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value;
    return isRecord(value) ? [value] : null;
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
