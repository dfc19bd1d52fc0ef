import { readJpeg } from './jpeg.ts';
import { readPng } from './png.ts';
import { readWebp } from './webp.ts';

/** A picture as it may be kept: what is needed to show it, and nothing else. */
export interface Picture {
  type: 'image/jpeg' | 'image/png' | 'image/webp';
  width: number;
  height: number;
  /** Without what cameras and programs write beside it (EXIF, places, comments), movement, and what comes after its end. */
  bytes: Buffer;
}

/**
 * Reads what a picture says of itself, by its bytes alone: neither a name nor a type that came with it
 * is believed. null: it is none of the three kinds, or is broken. The pixels themselves are not decoded.
 */
export function readPicture(bytes: Buffer): Picture | null {
  try {
    return readPng(bytes) ?? readJpeg(bytes) ?? readWebp(bytes);
  } catch (error) {
    // It ends before it says it does, or goes on as none does.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
