/** A finger is what points here, and a field that has the focus brings up the keyboard. */
export const isTouch = () => matchMedia('(pointer: coarse)').matches;
