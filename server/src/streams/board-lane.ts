import { LiveBoard } from '../board/index.ts';
import type { AgentStream } from './agent-stream.ts';
import { Throttle } from './throttle.ts';

/** The live board is sent at most this often, in ms. */
const BOARD_EVERY_MS = 500;

/** The live board to every desk that shows it: the same bytes for all, and only where they changed. */
export class BoardLane {
  private readonly board = new LiveBoard();
  private readonly streams: ReadonlySet<AgentStream>;
  private readonly throttle = new Throttle(BOARD_EVERY_MS, () => this.sendAll());

  constructor(streams: ReadonlySet<AgentStream>) {
    this.streams = streams;
  }

  load(unclosed: Parameters<LiveBoard['load']>[0]): void {
    this.board.load(unclosed);
  }

  apply(row: Parameters<LiveBoard['apply']>[0]): void {
    this.board.apply(row);
  }

  plan(): void {
    this.throttle.call();
  }

  /** To one that begins to show it. */
  send(stream: AgentStream): void {
    stream.showBoard(JSON.stringify(this.board.now));
  }

  stop(): void {
    this.throttle.stop();
  }

  private sendAll(): void {
    const watching = [...this.streams].filter((stream) => stream.watchesBoard);
    if (watching.length === 0) return;
    const text = JSON.stringify(this.board.now);
    for (const stream of watching) stream.showBoard(text);
  }
}
