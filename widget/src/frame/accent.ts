import { fillOf, inkOn } from '@deskbell/contract/color';

/** The surfaces that the inbox's colour is read on, as in `tokens.css`. */
const light = '#f1f3f5';
const dark = '#26292f';

/** Gives the inbox's colour to the style sheet, in the shades that can be read. */
export function applyAccent(color: string): void {
  const { fill, text } = fillOf(color);
  const { style } = document.documentElement;
  style.setProperty('--fill', fill);
  style.setProperty('--on-fill', text);
  style.setProperty('--ink-light', inkOn(light, color));
  style.setProperty('--ink-dark', inkOn(dark, color));
}
