import { PICTURE_BYTES } from '@deskbell/contract';
import type { Crop } from './crop.ts';

/** What is sent has sides of so many px: sharp at 80 px on the finest screens. */
const SIDE = 256;
/** Smaller ones would be a blur. */
const LEAST_SIDE = 64;
/** Larger files are rather no portraits, and would hold the browser up. */
const LARGEST_FILE = 40_000_000;

export type FileFault = 'noPicture' | 'tooSmall' | 'tooLarge';

/** Reads a file that somebody chose; the caller revokes `image.src`. What is wrong with it, where it can't be used. */
export async function readPicture(file: File): Promise<HTMLImageElement | FileFault> {
  if (file.size > LARGEST_FILE) return 'tooLarge';
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
  } catch {
    URL.revokeObjectURL(image.src);
    return 'noPicture';
  }
  if (Math.min(image.naturalWidth, image.naturalHeight) >= LEAST_SIDE) return image;
  URL.revokeObjectURL(image.src);
  return 'tooSmall';
}

/** The first picture among what was dropped or pasted; else the first file of all, to be told what is wrong with it. */
export function fileIn(data: DataTransfer | null): File | undefined {
  const files = [...(data?.files ?? [])];
  return files.find(({ type }) => type.startsWith('image/')) ?? files[0];
}

/** Draws it anew, so that nothing of the file is sent but what one sees; in base64, small enough for the server. */
export async function encodePicture(image: HTMLImageElement, crop: Crop): Promise<string> {
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws nothing');
  // What is seen through would show the initials.
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, SIDE, SIDE);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, crop.left, crop.top, crop.side, crop.side, 0, 0, SIDE, SIDE);
  for (const quality of [0.88, 0.7, 0.4]) {
    const blob = await encoded(canvas, quality);
    if (blob.size <= PICTURE_BYTES) return base64(blob);
  }
  throw new Error('256 px a side are more than 100 kB at the lowest quality');
}

/** Safari writes no WebP, and says so by another type. */
async function encoded(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  const written = (type: string) =>
    new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));
  const webp = await written('image/webp');
  const blob = webp?.type === 'image/webp' ? webp : await written('image/jpeg');
  if (!blob) throw new Error('The picture could not be written');
  return blob;
}

function base64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error ?? new Error('The picture could not be read'));
    reader.readAsDataURL(blob);
  });
}
