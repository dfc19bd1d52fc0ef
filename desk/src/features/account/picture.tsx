import { ImageUp, Trash2 } from 'lucide-react';
import { type DragEvent, lazy, Suspense, useEffect, useEffectEvent, useRef, useState } from 'react';
import { pictureAddress } from '../../app/agent-avatar.tsx';
import { ask, isProblem } from '../../app/api.ts';
import { useProblemText } from '../../app/problem-text.ts';
import { useMe } from '../../app/session-context.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { fileIn, readPicture } from './picture-file.ts';

const PictureDialog = lazy(async () => ({
  default: (await import('./picture-dialog.tsx')).PictureDialog,
}));

/** One's picture: chosen, dropped or pasted, and taken away again. */
export function OwnPicture() {
  const { t } = useTranslation('account');
  const textOf = useProblemText();
  const me = useMe();
  const input = useRef<HTMLInputElement>(null);
  const [image, setImage] = useState<HTMLImageElement | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  const open = async (file: File | undefined) => {
    if (!file) return;
    const read = await readPicture(file);
    setFault(typeof read === 'string' ? t(`picture.${read}`) : null);
    if (typeof read !== 'string') setImage(read);
  };
  usePastedFile((file) => void open(file));
  const remove = async () => {
    const answer = await ask('DELETE', '/me/picture');
    setFault(isProblem(answer) ? textOf(answer) : null);
  };
  const over = (event: DragEvent, isHere: boolean) => {
    event.preventDefault();
    setOver(isHere);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button beside does the same
    <div
      onDragOver={(event) => over(event, true)}
      onDragLeave={(event) => over(event, false)}
      onDrop={(event) => {
        over(event, false);
        void open(fileIn(event.dataTransfer));
      }}
      className={classes(
        'flex flex-wrap items-center gap-x-5 gap-y-3 rounded-xl border border-dashed p-4 transition-colors',
        isOver ? 'border-accent-text bg-accent-soft' : 'border-line-strong',
      )}
    >
      <Avatar id={me.id} name={me.name} picture={pictureAddress(me.picture)} size="vast" />
      <div className="min-w-0 flex-1 basis-56">
        <div className="flex flex-wrap gap-2">
          <Button icon={<ImageUp />} onClick={() => input.current?.click()}>
            {t(me.picture ? 'picture.change' : 'picture.choose')}
          </Button>
          {me.picture && (
            <Button look="quiet" icon={<Trash2 />} onClick={() => void remove()}>
              {t('picture.remove')}
            </Button>
          )}
        </div>
        <p className="mt-1.5 text-muted text-sm">{t('picture.ways')}</p>
        <p role="alert" className="text-danger-text text-sm empty:hidden">
          {fault}
        </p>
      </div>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={t('picture.choose')}
        onChange={(event) => {
          void open(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <Suspense>{image && <PictureDialog image={image} onClose={() => setImage(null)} />}</Suspense>
    </div>
  );
}

/** A picture may be pasted anywhere on the page. */
function usePastedFile(take: (file: File | undefined) => void): void {
  const latest = useEffectEvent((event: ClipboardEvent) => take(fileIn(event.clipboardData)));
  useEffect(() => {
    addEventListener('paste', latest);
    return () => removeEventListener('paste', latest);
  }, []);
}
