/** Grounds, lines and words, by the names of `ui/tokens.css`. */
const grounds = ['surface', 'sunken', 'raised', 'field', 'hover', 'pressed', 'selected'];
const lines = ['line', 'line-strong', 'line-field'];
const words = [
  'ink',
  'muted',
  'faint',
  'accent-text',
  'positive-text',
  'notice-text',
  'danger-text',
];
const tones = ['accent', 'positive', 'notice', 'danger'];

export function Colors() {
  return (
    <div className="grid grid-cols-4 gap-3">
      {[
        ...grounds,
        ...lines,
        ...tones.flatMap((tone) => [tone, `${tone}-soft`, `${tone}-line`]),
      ].map((name) => (
        <div key={name} className="text-xs">
          <div
            className="h-10 rounded-md border border-line"
            style={{ background: `var(--${name})` }}
          />
          {name}
        </div>
      ))}
      {words.map((name) => (
        <p key={name} style={{ color: `var(--${name})` }}>
          {name}
        </p>
      ))}
    </div>
  );
}

export function TextSizes() {
  const sizes = ['2xs', 'xs', 'sm', 'base', 'lg', 'xl', '2xl'];
  return sizes.map((size) => (
    <p
      key={size}
      style={{ fontSize: `var(--text-${size})`, lineHeight: `var(--text-${size}--line-height)` }}
    >
      {size}: Where is my parcel?
    </p>
  ));
}

export function Shadows() {
  return (
    <div className="flex gap-6">
      <div className="grid h-20 w-40 place-items-center rounded-lg bg-raised shadow-raised">
        raised
      </div>
      <div className="grid h-20 w-40 place-items-center rounded-lg bg-raised shadow-dialog">
        dialog
      </div>
    </div>
  );
}
