import { useDayName } from './marks.tsx';
import type { Row } from './rows.ts';

/** The day of what stands at the upper edge, while one is further back. */
export function DayPill({ row }: { row: Row }) {
  const day = useDayName(timeOf(row));
  if (row.kind === 'new') return null;
  return (
    // The day marks say it where it begins; this is for the eye alone.
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-x-0 top-2 z-1 flex justify-center"
    >
      <span className="rounded-full bg-raised px-2.5 py-0.5 font-medium text-muted text-xs shadow-raised">
        {day}
      </span>
    </div>
  );
}

function timeOf(row: Row): number {
  switch (row.kind) {
    case 'activity':
    case 'note':
      return row.entry.at;
    case 'message':
    case 'day':
      return row.at;
    case 'new':
      return 0;
  }
}
