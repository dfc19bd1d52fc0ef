import type { ReactNode } from 'react';

/** A line of facts: what, and how it is. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[5rem_minmax(0,1fr)] items-baseline gap-x-2">
      <dt className="own-direction wrap-anywhere line-clamp-2 text-muted text-xs">{label}</dt>
      <dd className="own-direction wrap-anywhere min-w-0">{children}</dd>
    </div>
  );
}
