import { type Block, type Inline, parseMarkdown } from '@deskbell/contract/markdown';
import { memo } from 'react';

/** A message's text with its safe Markdown, as elements; never HTML. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  return parseMarkdown(text).map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text never changes
    <BlockElement key={index} block={block} />
  ));
});

function BlockElement({ block }: { block: Block }) {
  switch (block.t) {
    case 'paragraph':
      return (
        <p className="whitespace-pre-wrap [unicode-bidi:plaintext] [&+*]:mt-2">
          <Words of={block.of} />
        </p>
      );
    case 'code':
      return (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it may have to be scrolled by keyboard
          tabIndex={0}
          className="my-1 max-w-full overflow-x-auto rounded-md bg-hover px-2.5 py-1.5 font-mono text-xs leading-5"
        >
          {block.text}
        </pre>
      );
    case 'list':
      return <List block={block} />;
  }
}

function List({ block }: { block: Extract<Block, { t: 'list' }> }) {
  const items = block.items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text never changes
    <li key={index} className="whitespace-pre-wrap [unicode-bidi:plaintext]">
      <Words of={item} />
    </li>
  ));
  return block.isOrdered ? (
    <ol start={block.start} className="list-decimal ps-6 [&+*]:mt-2">
      {items}
    </ol>
  ) : (
    <ul className="list-disc ps-5 [&+*]:mt-2">{items}</ul>
  );
}

function Words({ of }: { of: readonly Inline[] }) {
  return of.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text never changes
    <Part key={index} part={part} />
  ));
}

function Part({ part }: { part: Inline }) {
  switch (part.t) {
    case 'text':
      return part.text;
    case 'code':
      return (
        <code className="rounded-sm bg-hover px-1 py-px font-mono text-[0.92em]">{part.text}</code>
      );
    case 'bold':
      return (
        <strong className="font-semibold">
          <Words of={part.of} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Words of={part.of} />
        </em>
      );
    case 'link':
      return (
        <a
          href={part.href}
          target="_blank"
          // What is written by strangers learns nothing of the desk, and gets no hold of its window.
          rel="noopener noreferrer nofollow"
          className="wrap-anywhere text-accent-text underline decoration-from-font underline-offset-2 hover:no-underline"
        >
          <Words of={part.of} />
        </a>
      );
  }
}
