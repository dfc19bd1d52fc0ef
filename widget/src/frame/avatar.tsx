/** A face made of initials. `isOnline`: with a dot that says so. */
export function Avatar({ name, isOnline }: { name: string; isOnline?: boolean }) {
  return (
    <span class="avatar" aria-hidden="true">
      {initials(name)}
      {isOnline !== undefined && <span class={isOnline ? 'dot here' : 'dot'} />}
    </span>
  );
}

/** The first letters of the first and the last word, whatever the script. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends
    .map((word) => [...new Intl.Segmenter().segment(word ?? '')][0]?.segment ?? '')
    .join('')
    .toLocaleUpperCase();
}
