/** sRGB, 0 to 255. */
type Rgb = readonly [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
const DARK = '#16181d';

/** WCAG 2.2's ratio for text; 4.5 is enough for any. */
const READABLE = 4.5;
/** A colour that white can be read on after a little darkening stays itself; a lighter one takes dark text. */
const ALMOST = 2.6;

/** White or nearly black, for a large sign on this colour (WCAG's 3 for what isn't text). */
export function signOn(hex: string): string {
  return luminance(parse(hex)) < 0.3 ? '#fff' : DARK;
}

/** A surface in the inbox's colour, darkened where that lets white be read on it, and the text for it. */
export function fillOf(hex: string): { fill: string; text: string } {
  const color = parse(hex);
  if (contrast(color, WHITE) < ALMOST) return { fill: hex, text: DARK };
  return { fill: until(color, { towards: BLACK, against: WHITE }), text: '#fff' };
}

/** The inbox's colour as text or icon on a surface, as close to itself as one can read it. */
export function inkOn(surface: string, hex: string): string {
  const against = parse(surface);
  const towards = luminance(against) > 0.4 ? BLACK : WHITE;
  return until(parse(hex), { towards, against });
}

/** The contrast of two colours, 1 to 21. */
export const contrastOn = (hex: string, other: string): number =>
  contrast(parse(hex), parse(other));

function until(color: Rgb, { towards, against }: { towards: Rgb; against: Rgb }): string {
  let share = 0;
  while (share < 1 && contrast(mix(color, towards, share), against) < READABLE) share += 0.04;
  const shown = mix(color, towards, Math.min(1, share));
  return `#${shown.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function mix(color: Rgb, other: Rgb, share: number): Rgb {
  const part = (i: 0 | 1 | 2) => Math.round(color[i] + (other[i] - color[i]) * share);
  return [part(0), part(1), part(2)];
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: Rgb, other: Rgb): number {
  const [a, b] = [luminance(one) + 0.05, luminance(other) + 0.05];
  return a > b ? a / b : b / a;
}

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function parse(hex: string): Rgb {
  const digits = hex.length === 4 ? hex.replace(/[^#]/g, '$&$&') : hex;
  const value = Number.parseInt(digits.slice(1), 16) || 0;
  return [value >> 16, (value >> 8) & 255, value & 255];
}
