import { type ReactNode, useId } from 'react';

interface SectionProps {
  title: string;
  text?: string;
  children: ReactNode;
}

/** One subject of the page: its name, what it is for, its rows in a frame. */
export function Section({ title, text, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mb-8">
      <h2 id={id} className="font-semibold">
        {title}
      </h2>
      {text && <p className="text-muted text-sm">{text}</p>}
      <div className="mt-3 divide-y divide-line rounded-xl border border-line">{children}</div>
    </section>
  );
}

export function Row({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">{children}</div>;
}
