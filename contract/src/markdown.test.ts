import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, type Inline, parseMarkdown, plainText, safeAddress } from './markdown.ts';

const text = (of: string): Inline => ({ t: 'text', text: of });
const inline = (source: string) => {
  const [block] = parseMarkdown(source);
  return block?.t === 'paragraph' ? block.of : [];
};

describe('R-5.1 what people write in messages', () => {
  it.each<[string, Inline[]]>([
    [
      '**bold** and *slanted*',
      [{ t: 'bold', of: [text('bold')] }, text(' and '), { t: 'italic', of: [text('slanted')] }],
    ],
    ['_slanted_', [{ t: 'italic', of: [text('slanted')] }]],
    [
      '**bold with *slant* in it**',
      [
        {
          t: 'bold',
          of: [text('bold with '), { t: 'italic', of: [text('slant')] }, text(' in it')],
        },
      ],
    ],
    ['run `npm start` now', [text('run '), { t: 'code', text: 'npm start' }, text(' now')]],
    ['`**not bold**`', [{ t: 'code', text: '**not bold**' }]],
    [
      '[our shop](https://shop.example/a?b=1)',
      [{ t: 'link', href: 'https://shop.example/a?b=1', of: [text('our shop')] }],
    ],
    [
      'see https://shop.example/a, please.',
      [
        text('see '),
        { t: 'link', href: 'https://shop.example/a', of: [text('https://shop.example/a')] },
        text(', please.'),
      ],
    ],
    [
      '(https://en.example/Bell_(sign))',
      [
        text('('),
        {
          t: 'link',
          href: 'https://en.example/Bell_(sign)',
          of: [text('https://en.example/Bell_(sign)')],
        },
        text(')'),
      ],
    ],
    ['中文**粗体**中文', [text('中文'), { t: 'bold', of: [text('粗体')] }, text('中文')]],
    ['\\*not slanted\\*', [text('*not slanted*')]],
  ])('%s', (source, expected) => expect(inline(source)).toEqual(expected));

  it.each([
    '2*3*4 = 24',
    'snake_case_name',
    '__init__',
    'five * stars * here',
    '** no **',
    '*unfinished',
    '**unfinished',
    '`unfinished',
    '[label](javascript:alert(1))',
    '[label](ftp://shop.example)',
    '[](mailto:a@shop.example)',
    '<b>tag</b>',
    '****',
    '# no heading',
    '> no quote',
  ])('%s stays as it was written', (source) => expect(inline(source)).toEqual([text(source)]));

  it('lists, numbered lists and fences', () => {
    expect(
      parseMarkdown(
        'Bring:\n- tea\n- *milk*\n  whole\n\n3. three\n4. four\n```js\n<b> **x**\n```\nend',
      ),
    ).toEqual([
      { t: 'paragraph', of: [text('Bring:')] },
      {
        t: 'list',
        isOrdered: false,
        start: 1,
        items: [[text('tea')], [{ t: 'italic', of: [text('milk')] }, text('\nwhole')]],
      },
      { t: 'list', isOrdered: true, start: 3, items: [[text('three')], [text('four')]] },
      { t: 'code', text: '<b> **x**' },
      { t: 'paragraph', of: [text('end')] },
    ]);
  });

  it('a fence that never ends is an ordinary line', () => {
    expect(parseMarkdown('a\n```\nb')).toEqual([{ t: 'paragraph', of: [text('a\n```\nb')] }]);
  });

  it('breaks of lines stay, blank lines part paragraphs', () => {
    expect(parseMarkdown('a\nb\r\n\r\nc')).toEqual([
      { t: 'paragraph', of: [text('a\nb')] },
      { t: 'paragraph', of: [text('c')] },
    ]);
  });

  it('the words alone, for a preview', () => {
    expect(plainText('**Hi** [there](https://a.example)\n\n- one\n- `two`')).toBe(
      'Hi there one two',
    );
  });
});

describe('whatever is written', () => {
  const pieces = fc.constantFrom(
    ...[
      '*',
      '**',
      '_',
      '`',
      '```',
      '[',
      ']',
      '](',
      '(',
      ')',
      '\\',
      '\n',
      ' ',
      '- ',
      '1. ',
      'a',
      'é',
      '𝒳',
    ],
    ...[
      '<script>',
      '</b>',
      '"',
      "'",
      '&',
      'https://a.example/',
      'javascript:',
      'data:text/html,',
      'mailto:',
      '\t',
      '\u0001',
      '\u202e',
    ],
  );
  const source = fc.oneof(
    fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 200 }),
  );

  it('links lead to the web, to mail or to a telephone, and every node is of a known kind', () => {
    fc.assert(
      fc.property(source, (given) => {
        for (const node of nodesOf(parseMarkdown(given))) {
          expect(['text', 'code', 'bold', 'italic', 'link']).toContain(node.t);
          if (node.t !== 'link') continue;
          expect(['http:', 'https:', 'mailto:', 'tel:']).toContain(new URL(node.href).protocol);
          expect(nodesOf([{ t: 'paragraph', of: node.of }]).some(({ t }) => t === 'link')).toBe(
            false,
          );
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('nothing is invented: the words shown stand in the source, in that order', () => {
    fc.assert(
      fc.property(source, (given) => {
        let from = 0;
        for (const char of shownBy(parseMarkdown(given))) {
          const at = given.replace(/\r\n?/g, '\n').indexOf(char, from);
          expect(at).toBeGreaterThanOrEqual(0);
          from = at + 1;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('text without any sign stands as it is', () => {
    const plain = fc.stringMatching(/^[a-zA-Z0-9äöü ,.!?'"<>&;=/]{1,80}$/);
    fc.assert(
      fc.property(plain, (given) => {
        fc.pre(given.trim() !== '' && !/^ {0,3}\d{1,9}[.)]\s/.test(given));
        expect(parseMarkdown(given)).toEqual([{ t: 'paragraph', of: [text(given.trimEnd())] }]);
      }),
    );
  });

  it.each([
    '*',
    '**',
    '_',
    '`',
    '[',
    '[a](',
    '](',
    '*a ',
    '**a ',
    '_a*',
    '- ',
    '```\n',
    'https://',
    'https://)',
    '\\',
    '***a*',
    '\n',
    '*a* ',
    '[a](https://b.c)',
    '**a *b ',
    '(',
    'https://a.b/)',
  ])('a longest message of %j takes no time worth speaking of', (piece) => {
    const given = piece.repeat(Math.ceil(16_000 / piece.length));
    const before = performance.now();
    parseMarkdown(given);
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  it.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'java\nscript:x',
    'data:text/html,x',
    '//evil.example',
    '/a',
    'https:evil',
    'https://',
    'vbscript:x',
    ' https://a.example',
    'https://a.example/\u0000',
    'file:///etc/passwd',
    'blob:https://a',
    'mailto:',
    'tel:x',
  ])('%j is no address for a link', (address) => expect(safeAddress(address)).toBeNull());
});

function nodesOf(blocks: Block[]): Inline[] {
  const inner = (of: Inline[]): Inline[] =>
    of.flatMap((node) => ('of' in node ? [node, ...inner(node.of)] : [node]));
  return blocks.flatMap((block) => {
    if (block.t === 'code') return [];
    return block.t === 'list' ? block.items.flatMap(inner) : inner(block.of);
  });
}

function shownBy(blocks: Block[]): string {
  return blocks
    .flatMap((block) =>
      block.t === 'code'
        ? [block.text]
        : nodesOf([block]).map((node) => ('text' in node ? node.text : '')),
    )
    .join('')
    .replace(/\s/g, '');
}
