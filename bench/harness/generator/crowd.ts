import { WebSocket } from 'ws';
import type { Seat, Seats } from './orders.ts';

/** What a load wants to hear. Entries are told by the id that their sender gave and the one the server gave. */
export interface Listener {
  acknowledged(clientId: string): void;
  refused(clientId: string | null, code: string): void;
  reached(clientId: string, entryId: string): void;
}

interface Frame {
  t?: string;
  id?: string | null;
  code?: string;
  entities?: { entries?: { kind: string; id: string; clientId?: string | null }[] };
}

/** How many sockets may be on their way to being ready at once. */
const CONNECTING_AT_ONCE = 50;
const READY_WITHIN_MS = 20_000;
/**
 * Cards of lists come to every desk in large frames a few times a second. Twenty people have twenty
 * machines to parse them; here one process would stand still meanwhile, and each message that came
 * then would seem late. So large frames are parsed only where they hold an entry, which is counted.
 */
const LARGE_BYTES = 4_096;
/** Every client says something this often, for a silent one counts as gone. */
const PING_MS = 25_000;

const nobody: Listener = {
  acknowledged: () => undefined,
  refused: () => undefined,
  reached: () => undefined,
};

/** All visitors and agents on one server: plain sockets that parse every frame they get. */
export class Crowd {
  readonly visitors: WebSocket[] = [];
  listener: Listener = nobody;
  private readonly agents: WebSocket[] = [];
  private readonly url: string;
  private isLeaving = false;
  private readonly pinging: NodeJS.Timeout[] = [];

  constructor(url: string) {
    this.url = url;
  }

  async enter({ agents, visitors }: Seats): Promise<void> {
    await inTurns(agents, async (seat, index) => {
      this.agents[index] = await this.open(seat, (frame) => this.readAsAgent(frame));
    });
    await inTurns(visitors, async (seat, index) => {
      this.visitors[index] = await this.open(seat, (frame) => this.readAsVisitor(frame));
    });
  }

  async leave(): Promise<void> {
    this.isLeaving = true;
    for (const timer of this.pinging) clearInterval(timer);
    const sockets = [...this.visitors, ...this.agents];
    const closed = sockets.map(
      (socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
    );
    for (const socket of sockets) socket.close();
    await Promise.all(closed);
  }

  /** Resolves once the seat's snapshot and timelines are here. */
  private open(seat: Seat, read: (frame: Frame) => void): Promise<WebSocket> {
    const socket = new WebSocket(this.url, { perMessageDeflate: false, skipUTF8Validation: true });
    return new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`no snapshot from ${this.url}`)),
        READY_WITHIN_MS,
      );
      let awaited = seat.watches.length;
      const becomeReady = () => {
        if (awaited > 0) return;
        clearTimeout(late);
        onFrame = read;
        resolve(socket);
      };
      let onFrame = (frame: Frame) => {
        if (frame.t === 'snapshot') for (const watch of seat.watches) socket.send(watch);
        if (frame.t === 'bye' || frame.t === 'refused') reject(new Error(JSON.stringify(frame)));
        if (frame.t === 'timeline') awaited -= 1;
        if (frame.t === 'timeline' || frame.t === 'snapshot') becomeReady();
      };
      socket.on('message', (data: Buffer) => {
        if (onFrame === read && data.length > LARGE_BYTES && !data.includes('"entries"')) return;
        const frames = JSON.parse(data.toString()) as Frame | Frame[];
        if (Array.isArray(frames)) for (const frame of frames) onFrame(frame);
        else onFrame(frames);
      });
      socket.on('open', () => {
        socket.send(seat.hello);
        this.pinging.push(setInterval(() => socket.send('{"t":"ping"}'), PING_MS));
      });
      socket.on('error', reject);
      socket.on('close', (code, reason) => {
        reject(new Error(`closed with ${code} ${reason}`));
        if (!this.isLeaving) this.listener.refused(null, `closed-${code}`);
      });
    });
  }

  private readAsVisitor(frame: Frame): void {
    if (frame.t === 'ack') this.listener.acknowledged(frame.id ?? '');
    else if (frame.t === 'refused' || frame.t === 'bye')
      this.listener.refused(frame.id ?? null, frame.code ?? 'unknown');
  }

  private readAsAgent(frame: Frame): void {
    // The bare relay forwards what came; its message has no other id than the sender's.
    if (frame.t === 'command') return this.listener.reached(frame.id ?? '', frame.id ?? '');
    const entries = frame.entities?.entries;
    if (entries)
      for (const entry of entries)
        if (entry.kind === 'message' && entry.clientId)
          this.listener.reached(entry.clientId, entry.id);
    if (frame.t === 'bye') this.listener.refused(null, frame.code ?? 'unknown');
  }
}

async function inTurns<Item>(
  items: readonly Item[],
  act: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: CONNECTING_AT_ONCE }, async () => {
      while (next < items.length) {
        const index = next;
        next += 1;
        const item = items[index];
        if (item !== undefined) await act(item, index);
      }
    }),
  );
}
