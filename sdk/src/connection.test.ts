import type { ServerFrame } from '@deskbell/contract';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Connection, type ConnectionOptions, type ConnectionState } from './connection.ts';
import { FakeSocket } from './testing/fake-socket.ts';

const hello = { t: 'hello', protocol: 1 } as const;
const first: ServerFrame = { t: 'changes', entities: {}, through: '7' };
const bye = (code: Extract<ServerFrame, { t: 'bye' }>['code']): ServerFrame => ({
  t: 'bye',
  code,
  detail: `because of ${code}`,
});

let sockets: FakeSocket[];
let heard: ServerFrame[];
let states: ConnectionState[];

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  heard = [];
  states = [];
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function connect(options: Partial<ConnectionOptions> = {}): Connection {
  const connection = new Connection({
    baseUrl: 'http://localhost:4000/',
    hello: () => hello,
    onFrames: (frames) => heard.push(...frames),
    onState: (state) => states.push(state),
    backoff: { firstMs: 1_000, random: () => 0.5 },
    webSocket: (url) => {
      const socket = new FakeSocket(url);
      sockets.push(socket);
      return socket;
    },
    ...options,
  });
  connection.start();
  return connection;
}

const latest = () => sockets.at(-1) ?? expect.unreachable('nothing was dialled');
const names = () => states.map(({ name }) => name);

function live(): Connection {
  const connection = connect();
  latest().open();
  latest().say(first);
  return connection;
}

describe('dialling', () => {
  test('says hello first, and is live with the first frame of the server', () => {
    const connection = connect();
    expect(latest().url).toBe('ws://localhost:4000/api/v1/socket');
    latest().open();
    expect(latest().sent).toEqual([hello]);
    expect(connection.send({ t: 'ping' })).toBe(false);
    latest().say(first);
    expect(names()).toEqual(['connecting', 'live']);
    expect(connection.send({ t: 'ping' })).toBe(true);
  });

  test('takes an array of frames in one text frame as one batch', () => {
    const batches: number[] = [];
    connect({ onFrames: (frames) => batches.push(frames.length) });
    latest().open();
    latest().say(first, { t: 'pong' }, { t: 'pong' });
    expect(batches).toEqual([3]);
  });

  test('is told what came before it is told that it is live', () => {
    const order: string[] = [];
    connect({
      onFrames: () => order.push('frames'),
      onState: ({ name }) => order.push(name),
    });
    latest().open();
    latest().say(first);
    expect(order).toEqual(['connecting', 'frames', 'live']);
  });

  test('gives up an attempt that leads nowhere after 15 s', () => {
    connect();
    vi.advanceTimersByTime(15_000);
    expect(names()).toEqual(['connecting', 'waiting']);
    vi.advanceTimersByTime(500);
    expect(sockets).toHaveLength(2);
  });

  test('waits longer each time, up to 30 s, and says until when', () => {
    connect();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      latest().break();
      const state = states.at(-1);
      if (state?.name !== 'waiting') throw expect.unreachable('it waits');
      waits.push(state.until - Date.now());
      vi.advanceTimersByTime(state.until - Date.now());
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  });

  test('begins with a short wait again after having been live for a while, but not after a moment', () => {
    live();
    latest().break();
    vi.advanceTimersByTime(500);
    latest().open();
    latest().say(first);
    latest().break();
    expect(states.at(-1)).toEqual({ name: 'waiting', until: Date.now() + 1_000 });
    vi.advanceTimersByTime(1_000);
    latest().open();
    latest().say(first);
    vi.advanceTimersByTime(6_000);
    latest().break();
    expect(states.at(-1)).toEqual({ name: 'waiting', until: Date.now() + 500 });
  });

  test('dials at once when somebody waits for it', () => {
    const connection = connect();
    latest().break();
    connection.hurry();
    expect(sockets).toHaveLength(2);
    connection.hurry();
    expect(sockets).toHaveLength(2);
  });

  test('keeps trying where the page forbids the socket', () => {
    connect({
      webSocket: () => {
        throw new Error('the content security policy forbids it');
      },
    });
    expect(names()).toEqual(['connecting', 'waiting']);
  });

  test('a line that talks nonsense is a broken one', () => {
    connect();
    latest().open();
    latest().sayText('<html>');
    expect(names()).toEqual(['connecting', 'waiting']);
    expect(heard).toEqual([]);
  });
});

describe('being sent away', () => {
  test.each(['slow', 'unavailable', 'too-many'] as const)('comes back after %s', (code) => {
    live();
    latest().say(bye(code));
    expect(states.at(-1)?.name).toBe('waiting');
    vi.advanceTimersByTime(1_000);
    expect(sockets).toHaveLength(2);
  });

  test.each(['session-ended', 'unauthenticated', 'not-found', 'wrong-origin', 'protocol'] as const)(
    'stays away after %s, and says so',
    (code) => {
      live();
      latest().say(bye(code));
      latest().break();
      vi.advanceTimersByTime(3_600_000);
      expect(states.at(-1)).toEqual({
        name: 'stopped',
        reason: code,
        detail: `because of ${code}`,
      });
      expect(sockets).toHaveLength(1);
    },
  );

  test('begins again when it is told to, after signing in anew', () => {
    const connection = live();
    latest().say(bye('session-ended'));
    connection.start();
    latest().open();
    latest().say(first);
    expect(connection.state.name).toBe('live');
  });

  test('hangs up for good when the client itself wants to, also in the middle of a frame', () => {
    const connection = connect({ onFrames: () => connection.stop() });
    latest().open();
    latest().say(first);
    latest().break();
    vi.advanceTimersByTime(3_600_000);
    expect(states.at(-1)).toMatchObject({ name: 'stopped', reason: 'ended' });
    expect(sockets).toHaveLength(1);
  });
});

describe('a server that goes', () => {
  /** Told to go, and dialled elsewhere. */
  function moving() {
    const connection = live();
    const old = latest();
    old.say(bye('restart'));
    vi.advanceTimersByTime(500);
    expect(sockets).toHaveLength(2);
    return { connection, old, next: latest() };
  }

  test('is used until another one has answered, and nobody hears of a break', () => {
    const { connection, old, next } = moving();
    next.open();
    expect(next.sent).toEqual([hello]);
    old.say({ t: 'pong' });
    expect(connection.send({ t: 'ping' })).toBe(true);
    expect(old.sent).toEqual([hello, { t: 'ping' }]);
    expect(names()).toEqual(['connecting', 'live']);
    next.say(first);
    // In one breath, so that what the old one has not answered goes out again.
    expect(names()).toEqual(['connecting', 'live', 'connecting', 'live']);
    expect(old.readyState).toBe(3);
    connection.send({ t: 'ping' });
    expect(next.sent).toEqual([hello, { t: 'ping' }]);
    old.say({ t: 'pong' });
    old.break();
    expect(connection.state.name).toBe('live');
    expect(heard.map(({ t }) => t)).toEqual(['changes', 'bye', 'pong', 'changes']);
  });

  test('tries again while it is led to servers that are away or go as well', () => {
    const { connection, next } = moving();
    next.break();
    vi.advanceTimersByTime(500);
    latest().open();
    latest().say(bye('unavailable'));
    vi.advanceTimersByTime(500);
    expect(sockets).toHaveLength(4);
    latest().open();
    latest().say(first);
    expect(names()).toEqual(['connecting', 'live', 'connecting', 'live']);
    vi.advanceTimersByTime(25_000);
    expect(latest().sent).toEqual([hello, { t: 'ping' }]);
    expect(connection.state.name).toBe('live');
    expect(sockets).toHaveLength(4);
  });

  test('that closes at once, being alone, is waited for as after any break', () => {
    live();
    latest().say(bye('restart'));
    latest().break();
    expect(states.at(-1)?.name).toBe('waiting');
    vi.advanceTimersByTime(1_000);
    expect(sockets).toHaveLength(2);
  });

  test('that has gone before another one answered is a break like any other', () => {
    const { old, next } = moving();
    old.break();
    expect(names()).toEqual(['connecting', 'live', 'waiting']);
    expect(next.readyState).toBe(3);
    vi.advanceTimersByTime(1_000);
    latest().open();
    latest().say(first);
    expect(names().at(-1)).toBe('live');
  });

  test('and falls silent: after 15 s without another one the line counts as lost', () => {
    moving();
    for (let seconds = 0; seconds < 32; seconds += 1) vi.advanceTimersByTime(1_000);
    expect(names()).toContain('waiting');
  });

  test('is left with all its lines when the client hangs up', () => {
    const { connection, old, next } = moving();
    connection.stop();
    expect([old.readyState, next.readyState]).toEqual([3, 3]);
    next.open();
    next.say(first);
    vi.advanceTimersByTime(3_600_000);
    expect(states.at(-1)).toMatchObject({ name: 'stopped', reason: 'ended' });
    expect(sockets).toHaveLength(2);
  });
});

describe('staying awake', () => {
  test('pings every 25 s, and is content with any frame in answer', () => {
    live();
    vi.advanceTimersByTime(25_000);
    expect(latest().sent).toEqual([hello, { t: 'ping' }]);
    latest().say(first);
    vi.advanceTimersByTime(35_000);
    expect(latest().sent).toHaveLength(3);
    expect(sockets).toHaveLength(1);
  });

  test('dials anew at once when a ping stays unanswered for 10 s', () => {
    live();
    vi.advanceTimersByTime(35_000);
    expect(sockets).toHaveLength(2);
    expect(states.at(-1)?.name).toBe('connecting');
  });

  test('what the old line still says is not heard any more', () => {
    live();
    const [old] = sockets;
    vi.advanceTimersByTime(35_000);
    old?.say({ t: 'pong' });
    old?.break();
    expect(heard).toEqual([first]);
    expect(states.at(-1)?.name).toBe('connecting');
  });

  test('a machine that slept dials anew instead of waiting for an answer', () => {
    let sleptMs = 0;
    connect({ now: () => Date.now() + sleptMs });
    latest().open();
    latest().say(first);
    sleptMs = 86_400_000;
    vi.advanceTimersByTime(25_000);
    expect(sockets).toHaveLength(2);
  });

  test('a timer that a background tab held back for half a minute only pings', () => {
    let lateMs = 0;
    connect({ now: () => Date.now() + lateMs });
    latest().open();
    latest().say(first);
    lateMs = 35_000;
    vi.advanceTimersByTime(25_000);
    expect(latest().sent.at(-1)).toEqual({ t: 'ping' });
    expect(sockets).toHaveLength(1);
  });

  describe('in a browser', () => {
    let page: EventTarget;
    beforeEach(() => {
      page = new EventTarget();
      vi.stubGlobal('window', page);
      vi.stubGlobal('document', page);
    });

    test.each(['online', 'visibilitychange'])('%s dials at once where it waits', (event) => {
      connect();
      latest().break();
      page.dispatchEvent(new Event(event));
      expect(sockets).toHaveLength(2);
    });

    test('a live line must prove itself within 4 s when the network came back', () => {
      live();
      page.dispatchEvent(new Event('online'));
      expect(latest().sent.at(-1)).toEqual({ t: 'ping' });
      vi.advanceTimersByTime(4_000);
      expect(sockets).toHaveLength(2);
    });

    test('stops listening when it stops', () => {
      const connection = live();
      connection.stop();
      page.dispatchEvent(new Event('online'));
      expect(sockets).toHaveLength(1);
    });
  });
});
