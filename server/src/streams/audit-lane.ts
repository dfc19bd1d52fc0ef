import type { LogEvent } from '../platform/log/log.ts';
import type { AgentStream } from './agent-stream.ts';
import { frame } from './frames.ts';
import { Throttle } from './throttle.ts';

/** That it has grown is told at most this often, in ms. */
const AUDITED_EVERY_MS = 500;

/** That the audit log has grown, to every desk that may read it: which entries, it asks by its own filters. */
export class AuditLane {
  private readonly streams: ReadonlySet<AgentStream>;
  private readonly throttle = new Throttle(AUDITED_EVERY_MS, () => this.sendAll());

  constructor(streams: ReadonlySet<AgentStream>) {
    this.streams = streams;
  }

  /** What is written with events: it is told wherever they are read. */
  apply(events: readonly LogEvent[]): void {
    if (events.some(isOfSetUp)) this.plan();
  }

  plan(): void {
    this.throttle.call();
  }

  stop(): void {
    this.throttle.stop();
  }

  private sendAll(): void {
    const text = frame({ t: 'audited' });
    for (const stream of this.streams) if (stream.readsAudit) stream.send(text);
  }
}

/** Once too often does no harm, so it need not be known which of them left an entry. */
const isOfSetUp = ({ entity, kind }: LogEvent) =>
  entity !== 'conversation' && entity !== 'contact' && kind !== 'agent.availability-changed';
