import type { Random } from '../random.ts';

/** What must survive every layer: quotes, array brackets, other scripts, line breaks, letters beyond 16 bits. */
const spices = [
  '"quoted" \\back\\',
  "it's {a,b}",
  'Grüße',
  '你好',
  '🚀👩‍🚀',
  'line\nbreak',
  'NULL',
  ' end ',
];

/** A message that nobody else sends: mostly short, now and then long, so that a cut falls inside it. */
export function wordsOf(random: Random, name: string, order: number): string {
  const length = random.isLucky(0.05) ? random.below(3_000) : random.below(60);
  const filler = 'abcdefghij klmnopqrst '.repeat(140).slice(0, length);
  return `${name} #${order}: ${random.pick(spices)} ${filler}.`;
}
