interface AvatarProps {
  name: string;
  /** Laid over the initials once it is there; where it can't be had, they stay. */
  picture?: string | null | undefined;
  /** With a dot that says so. */
  isOnline?: boolean;
}

/** A face: a picture, or initials. */
export function Avatar({ name, picture, isOnline }: AvatarProps) {
  return (
    <span class="avatar" aria-hidden="true">
      {initials(name)}
      {picture && (
        <img
          key={picture}
          src={`/pictures/${picture}`}
          alt=""
          onError={({ currentTarget }) => {
            currentTarget.hidden = true;
          }}
        />
      )}
      {isOnline !== undefined && <span class={isOnline ? 'dot here' : 'dot'} />}
    </span>
  );
}

/** The first letters of the first and the last word, whatever the script. */
export function initials(name: string): string {
  const words = name.split(/[\s\p{P}]+/u).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends
    .map((word) => [...new Intl.Segmenter().segment(word ?? '')][0]?.segment ?? '')
    .join('')
    .toLocaleUpperCase();
}
