import { type KeyboardEvent, type PointerEvent, useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from '../../app/use-translation.ts';
import { type Crop, movedBy, ZOOM_LIMIT, zoomedTo, zoomOf } from './crop.ts';

interface CropAreaProps {
  image: HTMLImageElement;
  crop: Crop;
  onChange(crop: Crop): void;
}

/** Of the side of what is shown, by one press of an arrow. */
const STEP = 0.04;
const arrows: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};

/** The picture behind a round window: dragged, zoomed by wheel and slider, and all of it by keyboard. */
export function CropArea({ image, crop, onChange }: CropAreaProps) {
  const { t } = useTranslation('account');
  const picture = { width: image.naturalWidth, height: image.naturalHeight };
  const zoom = zoomOf(picture, crop);
  const zoomTo = (next: number) => onChange(zoomedTo(picture, crop, next));
  const area = useRef<HTMLDivElement>(null);
  const turn = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    zoomTo(zoom * Math.exp(-event.deltaY / 400));
  });
  useEffect(() => {
    const element = area.current;
    // React listens to wheels passively: the page would scroll too.
    element?.addEventListener('wheel', turn, { passive: false });
    return () => element?.removeEventListener('wheel', turn);
  }, []);
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { clientWidth: shown } = event.currentTarget;
    onChange(movedBy(picture, crop, { x: -event.movementX / shown, y: -event.movementY / shown }));
  };
  const press = (event: KeyboardEvent) => {
    const by = arrows[event.key];
    if (by) onChange(movedBy(picture, crop, by));
    else if (event.key === '+' || event.key === '=') zoomTo(zoom * 1.1);
    else if (event.key === '-') zoomTo(zoom / 1.1);
    else return;
    event.preventDefault();
  };
  return (
    <div className="flex flex-col items-center gap-4 pt-1.5">
      <div
        ref={area}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved by keys
        tabIndex={0}
        aria-label={t('picture.area')}
        aria-describedby="crop-hint"
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onKeyDown={press}
        className="relative size-64 cursor-grab touch-none select-none overflow-hidden rounded-xl bg-sunken outline-offset-3 focus-visible:outline-2 focus-visible:outline-accent-text active:cursor-grabbing"
      >
        <img
          src={image.src}
          alt=""
          draggable={false}
          className="absolute max-w-none"
          style={{
            left: `${(-crop.left / crop.side) * 100}%`,
            top: `${(-crop.top / crop.side) * 100}%`,
            width: `${(picture.width / crop.side) * 100}%`,
            height: `${(picture.height / crop.side) * 100}%`,
          }}
        />
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-0 rounded-full shadow-[0_0_0_16rem_var(--backdrop)] ring-2 ring-on-accent ring-inset"
        />
      </div>
      <label className="flex w-64 items-center gap-3 text-sm">
        <span className="text-muted">{t('picture.zoom')}</span>
        <input
          type="range"
          min={1}
          max={ZOOM_LIMIT}
          step={0.01}
          value={zoom}
          onChange={(event) => zoomTo(Number(event.target.value))}
          className="min-w-0 flex-1 accent-accent"
        />
      </label>
      <p id="crop-hint" className="text-center text-muted text-sm">
        {t('picture.hint')} <span className="pointer-coarse:hidden">{t('picture.keys')}</span>
      </p>
    </div>
  );
}
