import fc from 'fast-check';

/** Values that no sensible client sends. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0,
    1e308,
    Number.MAX_SAFE_INTEGER,
    '',
    '  ',
    '\0',
    'a\0b',
    '\ud800',
    '\udc00x',
    '%00',
    '../../etc/passwd',
    "'; drop table users; --",
    'x'.repeat(20_000),
    '😀'.repeat(5_000),
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    [],
    {},
    Array.from({ length: 5_000 }, () => 0),
  ),
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.double(),
  fc.uuid(),
  fc.jsonValue(),
);

/** Text that stands where JSON should: broken, deep, huge, or not of this world. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    '{',
    'null',
    '"text"',
    '[]',
    '{"__proto__":{"isAdmin":true}}',
    '{"constructor":{"prototype":{}}}',
    '['.repeat(30_000) + ']'.repeat(30_000),
    `${'{"a":'.repeat(15_000)}1${'}'.repeat(15_000)}`,
    `[${'0,'.repeat(30_000)}0]`,
    `{"text":"${'\\ud800'}"}`,
    `{"text":"\\u0000"}`,
    '{"text":"a","text":"b"}',
    '\ufeff{}',
    '1e999',
  ),
  fc.json(),
  fc.string({ unit: 'binary' }),
);
