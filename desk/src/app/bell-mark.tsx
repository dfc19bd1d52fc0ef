/** The sign of Deskbell: the bell of a reception desk. */
export function BellMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g className="fill-on-accent">
        <circle cx="16" cy="8.2" r="1.9" />
        <rect x="15.1" y="9" width="1.8" height="3" />
        <path d="M6.5 20.5a9.5 9.5 0 0 1 19 0z" />
        <rect x="5" y="22" width="22" height="2.8" rx="1.4" />
      </g>
    </svg>
  );
}
