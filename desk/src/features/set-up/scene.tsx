import { useTranslation } from '../../app/use-translation.ts';
import { Avatar } from '../../ui/avatar.tsx';

/** What is about to happen at this desk. Decoration. */
export function Scene() {
  const { t } = useTranslation('setUp');
  return (
    <div
      aria-hidden="true"
      className="relative flex w-[46%] max-w-180 flex-col justify-center overflow-hidden border-line border-s bg-sunken px-12 max-lg:hidden"
    >
      <div className="scene-glow absolute inset-0" />
      <div className="relative mx-auto flex w-full max-w-96 flex-col gap-3">
        <div className="flex items-end gap-2.5">
          <Avatar id="visitor" name={null} />
          <Bubble className="rounded-es-sm bg-raised shadow-raised">{t('scene.asks')}</Bubble>
        </div>
        <div className="flex flex-row-reverse items-end gap-2.5">
          <Avatar id="owner-of-desk" name={t('scene.agent')} />
          <Bubble className="rounded-ee-sm bg-accent text-on-accent">{t('scene.answers')}</Bubble>
        </div>
        <div className="flex items-end gap-2.5">
          <Avatar id="visitor" name={null} />
          <Bubble className="rounded-es-sm bg-raised shadow-raised">{t('scene.thanks')}</Bubble>
        </div>
        <p className="mt-6 text-balance text-center text-muted text-sm">{t('scene.promise')}</p>
      </div>
    </div>
  );
}

function Bubble({ className, children }: { className: string; children: string }) {
  return <p className={`max-w-[75%] rounded-2xl px-3.5 py-2 ${className}`}>{children}</p>;
}
