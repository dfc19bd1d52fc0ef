import type { ReactNode } from 'react';

/** One kind of pieces, under its name. */
export function Sheet({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-line border-t py-5 first:border-t-0 first:pt-0">
      <h2 className="mb-3 font-medium text-muted">{title}</h2>
      {children}
    </section>
  );
}
