import { type ClientFrame, FRAMES_AT_ONCE } from '@deskbell/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { oddText, oddValue } from '../testing/oddities.ts';
import { TestSocket } from '../testing/socket.ts';
import { expectWhole } from '../testing/wholeness.ts';
import { createWorld, type World } from '../testing/world.ts';

const RUNS = { numRuns: 120 };

let world: World;
let conversationId: string;
beforeAll(async () => {
  world = await createWorld();
  await world.connect(world.ann);
  conversationId = await world.write(world.vera, 'Hello');
  await world.act(world.ann, 'conversation.accept', { conversationId });
});
afterAll(() => world.close());

it('whatever is said before hello ends with a word, and harms nobody', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(oddFrame(), { minLength: 1, maxLength: 4 }), async (frames) => {
      const socket = await TestSocket.open(world.url);
      for (const frame of frames) socket.send(frame);
      socket.send({ t: 'ping' });
      await socket.closed;
      for (const frame of socket.frames) expect(['bye', 'snapshot', 'refused']).toContain(frame.t);
    }),
    RUNS,
  );
  await expectUnharmed();
}, 120_000);

it('whatever a desk or a widget says is answered or passed over, and the socket stays', async () => {
  const odd = fc.array(oddFrame(), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('ann', 'vera', 'cara'), odd, async (who, frames) => {
      const socket = await world.connect(world[who as 'ann' | 'vera' | 'cara'], false);
      for (const frame of frames) socket.send(frame);
      await socket.settle();
      for (const frame of socket.frames)
        if (frame.t === 'refused') expect(frame.code).not.toBe('failed');
      socket.close();
    }),
    RUNS,
  );
  await expectUnharmed();
}, 120_000);

it('what is said in one breath with hello, however deep, waits its turn', async () => {
  const socket = await TestSocket.open(world.url);
  socket.send({ t: 'hello', protocol: 1, token: world.ann.token, isPresent: false });
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  const id = crypto.randomUUID();
  socket.send(`{"t":"command","id":"${id}","kind":"message.send","input":${deep}}`);
  socket.send(`[${'{"t":"unwatch","conversationId":1},'.repeat(400)}{"t":"ping"}]`);
  expect((await socket.next('refused', (frame) => frame.id === id)).code).toBe('invalid');
  await socket.settle();
  await expectUnharmed();
});

it.each(['ping', 'unwatch', 'nothing'])(
  'too many %s frames at once end their own socket',
  async (t) => {
    const socket = await world.connect(world.ben, false);
    socket.send(`[${`{"t":"${t}"},`.repeat(600)}{"t":"ping"}]`);
    expect((await socket.next('bye')).code).toBe('protocol');
    await socket.closed;
    expect(socket.frames.filter((frame) => frame.t === 'refused')).toEqual([]);
    await expectUnharmed();
  },
);

it('a frame beyond the limit closes its own socket alone', async () => {
  const [long, other] = [await world.connect(world.ben, false), await world.connect(world.ben)];
  long.send(`{"t":"ping","filler":"${'x'.repeat(200_000)}"}`);
  expect(await long.closed).toBe(1009);
  await other.settle();
});

async function expectUnharmed(): Promise<void> {
  const other = await world.connect(world.ann, false);
  await other.settle();
  expect(world.troubles).toEqual([]);
  await expectWhole(world);
}

/** Frames with odd fields, several at once, text that is no frame, and bytes. */
function oddFrame(): fc.Arbitrary<string | Buffer> {
  const one = fc.oneof(...shapes().map((shape) => fc.record(shape, { requiredKeys: ['t'] })));
  return fc.oneof(
    { weight: 6, arbitrary: one.map((frame) => JSON.stringify(frame)) },
    { weight: 2, arbitrary: fc.array(one, { maxLength: 5 }).map((all) => JSON.stringify(all)) },
    // Below the limits, beyond which the socket ends.
    { weight: 2, arbitrary: oddText.filter(isWithinLimits) },
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  );
}

const isWithinLimits = (text: string) =>
  text.length < 120_000 && text.split(',').length < FRAMES_AT_ONCE;

type Shape = { t: fc.Arbitrary<string> } & Record<string, fc.Arbitrary<unknown>>;

function shapes(): Shape[] {
  const t = (kind: ClientFrame['t']) => fc.constant(kind);
  const id = odd(() => crypto.randomUUID());
  const conversation = odd(() => conversationId);
  const seq = odd(() => 2);
  return [
    {
      t: t('command'),
      id,
      kind: odd(() => 'message.send'),
      input: fc.oneof(
        oddValue,
        fc.record({ conversationId: conversation, text: odd(() => 'Hello') }),
      ),
    },
    { t: t('watch'), conversationId: conversation, after: seq },
    { t: t('unwatch'), conversationId: conversation },
    { t: t('typing'), conversationId: conversation, isTyping: odd(() => true) },
    { t: t('read'), conversationId: conversation, seq },
    { t: t('delivered'), conversationId: conversation, seq },
    {
      t: t('draft'),
      conversationId: conversation,
      text: odd(() => 'I think'),
      version: seq,
    },
    { t: t('hello'), protocol: odd(() => 1), through: oddValue, timelines: oddValue },
    { t: fc.string(), anything: oddValue },
  ];
}

const odd = (right: () => unknown) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(null).map(right) }, oddValue);
