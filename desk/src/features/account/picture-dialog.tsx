import { useEffect, useState } from 'react';
import { ask, isProblem } from '../../app/api.ts';
import { FormProblem } from '../../app/form.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { wholeCrop } from './crop.ts';
import { CropArea } from './crop-area.tsx';
import { encodePicture } from './picture-file.ts';

interface PictureDialogProps {
  image: HTMLImageElement;
  onClose(): void;
}

/** Cuts a square out of a picture and shows it to everybody. */
export function PictureDialog({ image, onClose }: PictureDialogProps) {
  const { t } = useTranslation(['account', 'app']);
  const textOf = useProblemText();
  const [crop, setCrop] = useState(() =>
    wholeCrop({ width: image.naturalWidth, height: image.naturalHeight }),
  );
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => () => URL.revokeObjectURL(image.src), [image]);
  const use = async () => {
    setBusy(true);
    setFault(null);
    const answer = await ask('PUT', '/me/picture', { data: await encodePicture(image, crop) });
    setBusy(false);
    if (isProblem(answer)) setFault(textOf(answer));
    else onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="small"
      title={t('picture.crop')}
      closeLabel={t('app:close')}
      actions={
        <>
          <Button onClick={onClose}>{t('picture.cancel')}</Button>
          <Button look="primary" isBusy={isBusy} onClick={() => void use()}>
            {t('picture.use')}
          </Button>
        </>
      }
    >
      <CropArea image={image} crop={crop} onChange={setCrop} />
      {fault && (
        <div className="mt-4">
          <FormProblem>{fault}</FormProblem>
        </div>
      )}
    </Dialog>
  );
}
