import { Skeleton } from '../../ui/skeleton.tsx';

/** Cards that are about to come. */
export function CardSkeletons({ count, label }: { count: number; label: string }) {
  return (
    <div role="status">
      <span className="sr-only">{label}</span>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <div key={index} className="grid h-20 grid-cols-[auto_1fr] gap-x-3 px-2.5 py-2.5">
          <Skeleton className="size-8 rounded-full!" />
          <div className="flex flex-col gap-2 pt-1">
            <Skeleton className="h-3 w-2/5" />
            <Skeleton className="h-3 w-4/5" />
            <Skeleton className="h-3 w-1/4" />
          </div>
        </div>
      ))}
    </div>
  );
}
