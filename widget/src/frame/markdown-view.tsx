import { type Block, type Inline, parseMarkdown } from '@deskbell/contract/markdown';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';

/** A message's text as elements. Nothing of it ever becomes HTML. */
export function Markdown({ text, opensElsewhere }: { text: string; opensElsewhere: string }) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return <>{blocks.map((block) => blockView(block, opensElsewhere))}</>;
}

function blockView(block: Block, hint: string): ComponentChildren {
  if (block.t === 'paragraph') return <p>{inlineView(block.of, hint)}</p>;
  if (block.t === 'code')
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      <pre tabIndex={0}>
        <code>{block.text}</code>
      </pre>
    );
  const items = block.items.map((item) => <li>{inlineView(item, hint)}</li>);
  return block.isOrdered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
}

function inlineView(of: readonly Inline[], hint: string): ComponentChildren[] {
  return of.map((node) => nodeView(node, hint));
}

function nodeView(node: Inline, hint: string): ComponentChildren {
  switch (node.t) {
    case 'text':
      return node.text;
    case 'code':
      return <code>{node.text}</code>;
    case 'bold':
      return <strong>{inlineView(node.of, hint)}</strong>;
    case 'italic':
      return <em>{inlineView(node.of, hint)}</em>;
    case 'link':
      return (
        <a href={node.href} target="_blank" rel="noopener noreferrer nofollow" title={hint}>
          {inlineView(node.of, hint)}
        </a>
      );
  }
}
