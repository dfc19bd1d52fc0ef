/** Drawn on a 20-px grid with one line of 1.6. */
const paths = {
  close: 'm5 5 10 10M15 5 5 15',
  down: 'm5 8 5 5 5-5',
  back: 'M12 4.5 6.5 10l5.5 5.5',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  send: 'M10 16V4.5M5 9l5-5 5 5',
  smile:
    'M17.5 10a7.5 7.5 0 1 1-15 0 7.5 7.5 0 0 1 15 0ZM7 12.2c.7 1 1.7 1.6 3 1.6s2.3-.6 3-1.6M7.5 7.9h.01M12.5 7.9h.01',
  clock: 'M17.5 10a7.5 7.5 0 1 1-15 0 7.5 7.5 0 0 1 15 0ZM10 6v4.2l2.6 1.5',
  sound:
    'M9.5 4.5 6 7.5H3.2v5H6l3.5 3v-11ZM12.7 7.6a3.3 3.3 0 0 1 0 4.8M14.9 5.5a6.3 6.3 0 0 1 0 9',
  mute: 'M9.5 4.5 6 7.5H3.2v5H6l3.5 3v-11ZM13 8l4 4M17 8l-4 4',
  end: 'M10 2.5v6.5M14.5 5a7 7 0 1 1-9 0',
  alert: 'M17.5 10a7.5 7.5 0 1 1-15 0 7.5 7.5 0 0 1 15 0ZM10 6.3v4.2M10 13.5h.01',
  next: 'm8 5 5 5-5 5',
} as const;

export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg class={`icon ${name === 'more' ? 'dots' : ''}`} viewBox="0 0 20 20" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
