import type { KeyboardEvent, PointerEvent } from 'react';
import { classes } from './classes.ts';

export interface ResizeHandleProps {
  label: string;
  /** The width that it changes, in px. */
  width: number;
  min: number;
  max: number;
  /** Back to this with a double click. */
  initial: number;
  /** The column stands before or behind the handle, as one reads. */
  column: 'before' | 'behind';
  onResize(width: number): void;
}

const STEP = 16;

/** The border between two columns, at the edge of the one that it resizes: dragged, or moved by arrow keys. */
export function ResizeHandle(props: ResizeHandleProps) {
  const { label, width, min, max, initial, column, onResize } = props;
  const grow = (column === 'before') === isLeftToRight() ? 1 : -1;
  const resize = (to: number) => onResize(Math.round(Math.min(max, Math.max(min, to))));

  const drag = (event: PointerEvent<HTMLElement>) => {
    const { currentTarget: handle, pointerId, clientX: from } = event;
    handle.setPointerCapture(pointerId);
    const move = ({ clientX }: { clientX: number }) => resize(width + grow * (clientX - from));
    handle.addEventListener('pointermove', move);
    handle.addEventListener(
      'lostpointercapture',
      () => handle.removeEventListener('pointermove', move),
      {
        once: true,
      },
    );
  };

  const press = (event: KeyboardEvent) => {
    const to: Record<string, number> = {
      ArrowLeft: width - grow * STEP,
      ArrowRight: width + grow * STEP,
      Home: min,
      End: max,
    };
    const next = to[event.key];
    if (next === undefined) return;
    event.preventDefault();
    resize(next);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: <hr> can't take the focus; this is ARIA's window splitter
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      onPointerDown={drag}
      onDoubleClick={() => resize(initial)}
      onKeyDown={press}
      className={classes(
        'absolute inset-y-0 z-1 w-px cursor-col-resize touch-none bg-line outline-none',
        column === 'before' ? 'end-0' : 'start-0',
        'after:absolute after:inset-y-0 after:-start-1 after:w-2 after:transition-colors hover:after:bg-accent-line focus-visible:after:bg-accent-text',
      )}
    />
  );
}

const isLeftToRight = () => document.documentElement.dir !== 'rtl';
