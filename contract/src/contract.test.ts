import { STATUS_CODES } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clientFrameSchema,
  clientIdSchema,
  commands,
  conversationIdSchema,
  emailSchema,
  errors,
  events,
  greetingSchema,
  isCommandKind,
  isStorable,
  MESSAGE_LIMIT,
  messageTextSchema,
  nameSchema,
  PROTOCOL,
  refuse,
  settingsSchema,
} from './index.ts';

const RUNS = { numRuns: 1_000 };
const id = '018f2f6e-7c1a-7b3c-9d4e-5f60718293a4';

describe('the catalogue of errors', () => {
  it.each(Object.entries(errors))('%s has a status of HTTP and a sentence', (code, error) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(STATUS_CODES[error.status]).toBeDefined();
    expect(error.status).toBeGreaterThanOrEqual(400);
    expect(error.title).toMatch(/^[A-Z"].*[^.\s]$/);
  });

  it('says nothing twice', () => {
    const titles = Object.values(errors).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('only what passes by itself may be sent again as it is', () => {
    for (const { status, retry } of Object.values(errors))
      if (retry) expect([429, 503]).toContain(status);
  });

  it('a refusal bears the sentence of its code unless it has a better one', () => {
    expect(refuse('taken')).toEqual({ code: 'taken', detail: errors.taken.title });
    expect(refuse('invalid', 'text: is empty', { field: 'text' })).toEqual({
      code: 'invalid',
      detail: 'text: is empty',
      field: 'text',
    });
  });
});

describe('the commands', () => {
  it.each(Object.entries(commands))(
    '%s says what it does, who sends it and where',
    (kind, definition) => {
      expect(isCommandKind(kind)).toBe(true);
      expect(definition.summary).toMatch(/\.$/);
      expect(definition.actors.length).toBeGreaterThan(0);
      const isForPeople = (definition.actors as readonly string[]).some(
        (actor) => actor !== 'system',
      );
      expect(definition.http !== null).toBe(isForPeople);
      const named = [...(definition.http?.path.matchAll(/:(\w+)/g) ?? [])].map(
        ([, name]) => name ?? '',
      );
      for (const name of named) expect(Object.keys(definition.input.shape)).toContain(name);
      // A field that nobody knows is a mistake of the sender, and told as one.
      expect(definition.input.safeParse({ surprise: 1 }).success).toBe(false);
    },
  );

  it('have addresses of their own', () => {
    const addresses = Object.values(commands).flatMap(({ http }) =>
      http ? [`${http.method} ${http.path}`] : [],
    );
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it('are not what every object inherits', () => {
    for (const kind of ['constructor', 'toString', '__proto__', ''])
      expect(isCommandKind(kind)).toBe(false);
  });
});

describe('the events', () => {
  it.each(Object.entries(events))(
    '%s names an entity by its first word, its message or its note',
    (kind, { entity }) => {
      expect([entity, 'message', 'note']).toContain(kind.split('.')[0]);
    },
  );
});

describe('texts', () => {
  it('R-5.1 any text that can be stored and shows something is a message, as it is', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(text, (given) => {
        const parsed = messageTextSchema.safeParse(given);
        expect(parsed.success).toBe(isStorable(given) && /\S/.test(given));
        if (parsed.success) expect(parsed.data).toBe(given);
      }),
      RUNS,
    );
  });

  it.each(['\0', 'a\0b', '\ud800', 'a\udfff', '\udc00\ud800'])(
    '%j can not be stored, in no field',
    (text) => {
      for (const schema of [messageTextSchema, nameSchema, greetingSchema, emailSchema])
        expect(schema.safeParse(`x${text}y`).success).toBe(false);
    },
  );

  it.each(['😀', '\ud83d\ude00', 'e\u0301', '\u200d', '\ufffd'])('%j can', (text) => {
    expect(messageTextSchema.parse(`x${text}`)).toBe(`x${text}`);
  });

  it('R-5.1 a message is neither blank nor longer than its limit', () => {
    expect(messageTextSchema.safeParse(' \n\t ').success).toBe(false);
    expect(messageTextSchema.safeParse('x'.repeat(MESSAGE_LIMIT)).success).toBe(true);
    expect(messageTextSchema.safeParse('x'.repeat(MESSAGE_LIMIT + 1)).success).toBe(false);
  });

  it('a name is trimmed and not empty; mail addresses are lower case', () => {
    expect(nameSchema.parse('  Ann ')).toBe('Ann');
    expect(nameSchema.safeParse('   ').success).toBe(false);
    expect(emailSchema.parse('Ann@Example.ORG')).toBe('ann@example.org');
  });
});

describe('ids', () => {
  it('are UUIDs, and the same in any case', () => {
    expect(conversationIdSchema.parse(id.toUpperCase())).toBe(id);
  });

  it.each(['', 'none', id.slice(1), `${id} `, `{${id}}`, `${id}'`, 1, null])(
    '%j is none',
    (given) => {
      expect(clientIdSchema.safeParse(given).success).toBe(false);
    },
  );
});

describe('settings', () => {
  it('stand at their defaults where nothing is said, and refuse what would harm', () => {
    const minutes = 60_000;
    expect(settingsSchema.parse({})).toMatchObject({
      pendingTimeoutMs: 24 * 60 * minutes,
      inactivityMs: 15 * minutes,
      reopenWithinMs: 30 * minutes,
    });
    for (const [name, value] of [
      ['pendingTimeoutMs', 0],
      ['inactivityMs', -1],
      ['reopenWithinMs', -1],
      ['inactivityMs', 1.5],
      ['logKeptMs', 1],
    ])
      expect(settingsSchema.safeParse({ [String(name)]: value }).success).toBe(false);
  });
});

describe('frames of a client', () => {
  const uuid = fc.uuid();
  const seq = fc.nat();
  const text = fc.string({ unit: 'grapheme', maxLength: 50 });
  const frame = fc.oneof(
    fc.record(
      {
        t: fc.constant('hello'),
        protocol: fc.constant(PROTOCOL),
        through: text,
        isPresent: fc.boolean(),
      },
      { requiredKeys: ['t', 'protocol'] },
    ),
    fc.record({
      t: fc.constant('command'),
      id: uuid,
      kind: fc.constantFrom(...Object.keys(commands)),
      input: fc.jsonValue(),
    }),
    fc.record({ t: fc.constant('watch'), conversationId: uuid, after: fc.option(seq) }),
    fc.record({ t: fc.constantFrom('read', 'delivered'), conversationId: uuid, seq }),
    fc.record({ t: fc.constant('typing'), conversationId: uuid, isTyping: fc.boolean() }),
    fc.record({ t: fc.constant('draft'), conversationId: uuid, text, version: seq }),
    fc.record({ t: fc.constantFrom('ping') }),
  );

  it('are read as they were written', () => {
    fc.assert(
      fc.property(frame, (given) => {
        const wire = JSON.parse(JSON.stringify(given));
        expect(clientFrameSchema.parse(wire)).toEqual(wire);
      }),
      RUNS,
    );
  });

  it('bear fields that are not known yet, of kinds that are', () => {
    expect(clientFrameSchema.parse({ t: 'ping', of: 'a later release' })).toEqual({ t: 'ping' });
    expect(clientFrameSchema.safeParse({ t: 'later' }).success).toBe(false);
  });

  it('whatever comes is read or refused, and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (given) => void clientFrameSchema.safeParse(given)),
      RUNS,
    );
  });
});
