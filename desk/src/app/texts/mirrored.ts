import { en } from './en.ts';

/**
 * A language nobody speaks, by which one sees what is not translated, what breaks under longer words,
 * and what does not turn round: English between marks, half as long again, from right to left.
 */
export const mirrored = mirror(en);

function mirror<Texts>(texts: Texts): Texts {
  if (typeof texts === 'string') return drawn(texts) as Texts;
  return Object.fromEntries(
    Object.entries(texts as object).map(([key, value]) => [key, mirror(value)]),
  ) as Texts;
}

/** Every vowel twice; what is filled in stays. */
function drawn(text: string): string {
  const parts = text.split(/(\{\{[^}]*\}\}|<[^>]*>)/);
  const longer = parts.map((part) =>
    /^[{<]/.test(part) ? part : part.replace(/[aeiou]/g, '$&$&'),
  );
  return `⟦${longer.join('')}⟧`;
}
