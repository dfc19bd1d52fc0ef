/** The square of a picture that is shown, in the picture's own px. */
export interface Crop {
  side: number;
  left: number;
  top: number;
}
export interface Size {
  width: number;
  height: number;
}

/** How much nearer than the whole one may go. */
export const ZOOM_LIMIT = 4;

/** The largest square, in the middle. */
export function wholeCrop({ width, height }: Size): Crop {
  const side = Math.min(width, height);
  return { side, left: (width - side) / 2, top: (height - side) / 2 };
}

export function zoomOf(picture: Size, { side }: Crop): number {
  return Math.min(picture.width, picture.height) / side;
}

/** Nearer or farther around the middle of what is shown, and never over the edge. */
export function zoomedTo(picture: Size, crop: Crop, zoom: number): Crop {
  const allowed = Math.min(ZOOM_LIMIT, Math.max(1, zoom));
  const side = Math.min(picture.width, picture.height) / allowed;
  const grown = (side - crop.side) / 2;
  return within(picture, { side, left: crop.left - grown, top: crop.top - grown });
}

/** Moves what is shown by parts of its side, and never over the edge. */
export function movedBy(picture: Size, crop: Crop, by: { x: number; y: number }): Crop {
  const { side, left, top } = crop;
  return within(picture, { side, left: left + by.x * side, top: top + by.y * side });
}

function within({ width, height }: Size, { side, left, top }: Crop): Crop {
  const clamped = (value: number, most: number) => Math.min(Math.max(0, value), most);
  return { side, left: clamped(left, width - side), top: clamped(top, height - side) };
}
