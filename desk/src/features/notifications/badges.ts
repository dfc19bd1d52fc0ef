const SIZE = 64;

/** How many wait, on the tab's icon and on that of the installed app. */
export function showCount(count: number): void {
  void drawIcon(count);
  const { setAppBadge, clearAppBadge } = navigator as Partial<Navigator>;
  // Only an installed app has one; others refuse, and lose nothing.
  const shown = count > 0 ? setAppBadge?.call(navigator, count) : clearAppBadge?.call(navigator);
  shown?.catch(() => undefined);
}

let plain: Promise<HTMLImageElement> | null = null;
let drawn = 0;
let latest = 0;

async function drawIcon(count: number): Promise<void> {
  const turn = ++latest;
  if (count === drawn) return;
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (!link) return;
  if (count === 0) {
    drawn = 0;
    link.type = 'image/svg+xml';
    link.href = '/icon.svg';
    return;
  }
  plain ??= load('/icon.svg');
  const image = await plain;
  if (turn !== latest) return;
  drawn = count;
  link.type = 'image/png';
  link.href = withCount(image, count);
}

function withCount(image: HTMLImageElement, count: number): string {
  const canvas = Object.assign(document.createElement('canvas'), { width: SIZE, height: SIZE });
  const pen = canvas.getContext('2d');
  if (!pen) return '/icon.svg';
  const text = count > 9 ? '9+' : String(count);
  const [x, y, radius] = [SIZE - 21, SIZE - 21, 21];
  pen.drawImage(image, 0, 0, SIZE, SIZE);
  pen.globalCompositeOperation = 'destination-out';
  circle(pen, { x, y, radius: radius + 4 });
  pen.globalCompositeOperation = 'source-over';
  pen.fillStyle = '#d4353a';
  circle(pen, { x, y, radius });
  pen.fillStyle = '#fff';
  pen.font = `700 ${text.length > 1 ? 26 : 32}px system-ui, sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(text, x, y + 2);
  return canvas.toDataURL('image/png');
}

function circle(
  pen: CanvasRenderingContext2D,
  { x, y, radius }: { x: number; y: number; radius: number },
): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
}

async function load(address: string): Promise<HTMLImageElement> {
  const image = new Image(SIZE, SIZE);
  image.src = address;
  await image.decode();
  return image;
}
