import { classes } from './classes.ts';

/** The shape of what is about to come. The region around it says aloud that it loads. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div
      aria-hidden="true"
      className={classes('skeleton-pulse rounded-md bg-pressed', className)}
    />
  );
}
