import { Skeleton } from '../../ui/skeleton.tsx';

const widths = ['w-56', 'w-72', 'w-40', 'w-64', 'w-48'];

/** Messages that are about to come, when nothing of them is here yet. */
export function TimelineSkeleton({ label }: { label: string }) {
  return (
    <div
      role="status"
      className="mx-auto flex w-full max-w-200 flex-1 flex-col justify-end gap-3 px-4 pb-6"
    >
      <span className="sr-only">{label}</span>
      {widths.map((width, index) => (
        <Skeleton
          key={width}
          className={`h-9 max-w-4/5 rounded-xl! ${width} ${index % 3 === 1 ? 'self-end' : ''}`}
        />
      ))}
    </div>
  );
}
