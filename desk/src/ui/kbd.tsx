import { classes } from './classes.ts';

const isApple = typeof navigator !== 'undefined' && /Mac|iP(hone|ad|od)/.test(navigator.userAgent);

const signs: Record<string, string> = {
  mod: isApple ? '⌘' : 'Ctrl',
  shift: isApple ? '⇧' : 'Shift',
  enter: '↵',
  escape: 'Esc',
  up: '↑',
  down: '↓',
};

interface KbdProps {
  keys: string;
  isInverted?: boolean;
  /** A hint beside something that is pressed as well: not shown to a finger. */
  isForKeyboards?: boolean;
}

/** Keys as they stand on the keyboard: `g q` one after the other, `mod+k` together. */
export function Kbd({ keys, isInverted = false, isForKeyboards = false }: KbdProps) {
  const shown = keys.split(' ').flatMap((chord) => chord.split('+'));
  return (
    <span
      className={classes(
        'inline-flex shrink-0 items-center gap-0.5',
        isForKeyboards && 'pointer-coarse:hidden',
      )}
    >
      {shown.map((key, index) => (
        <kbd
          // biome-ignore lint/suspicious/noArrayIndexKey: a chord may hold the same key twice and never changes its order
          key={index}
          className={classes(
            'inline-grid h-5 min-w-5 place-items-center rounded-sm px-1 font-sans text-2xs',
            isInverted ? 'bg-surface/15 text-surface' : 'border border-line bg-sunken text-muted',
          )}
        >
          {signs[key] ?? (key.length === 1 ? key.toUpperCase() : key)}
        </kbd>
      ))}
    </span>
  );
}
