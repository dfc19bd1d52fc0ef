import type { Label } from '@deskbell/contract';
import { Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useClient } from '../../app/client.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { showToast } from '../../ui/toast.ts';
import { ColorChoice } from '../settings/color-choice.tsx';
import { nextColor } from './colors.ts';
import { useLabels } from './use-labels.ts';

interface LabelDialogProps {
  edited: Label | 'new';
  onClose(): void;
}

/** Makes a label or changes one. Deleting needs no question: it is taken back by one press. */
export function LabelDialog({ edited, onClose }: LabelDialogProps) {
  const { t } = useTranslation(['labels', 'app']);
  const client = useClient();
  const textOf = useProblemText();
  const labels = useLabels();
  const label = edited === 'new' ? null : edited;
  const [name, setName] = useState(label?.name ?? '');
  const [color, setColor] = useState(() => label?.color ?? nextColor(labels));
  const [error, setError] = useState<string | undefined>();
  const [isBusy, setBusy] = useState(false);
  const remove = useRemove();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return setError(t('nameMissing'));
    setBusy(true);
    const given = { name: name.trim(), color };
    const outcome = label
      ? await client.send('label.change', { labelId: label.id, ...given })
      : await client.send('label.create', given);
    setBusy(false);
    if ('code' in outcome) return setError(textOf(outcome));
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="small"
      title={label ? label.name : t('create')}
      description={label ? undefined : t('newText')}
      closeLabel={t('app:close')}
    >
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField
          label={t('name')}
          placeholder={t('example')}
          maxLength={40}
          value={name}
          error={error}
          onChange={({ target }) => {
            setName(target.value);
            setError(undefined);
          }}
        />
        <ColorChoice
          label={t('color')}
          value={color}
          wrongText={t('wrongColor')}
          onChange={setColor}
        />
        <div className="flex justify-end gap-2">
          {label && (
            <Button
              look="quiet"
              icon={<Trash2 />}
              className="-ms-3 me-auto"
              onClick={() => void remove(label).then(onClose)}
            >
              {t('delete')}
            </Button>
          )}
          <Button type="submit" look="primary" isBusy={isBusy}>
            {t(label ? 'save' : 'make')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Takes a label off everything, and offers to bring it back. */
function useRemove(): (label: Label) => Promise<void> {
  const { t } = useTranslation('labels');
  const client = useClient();
  const textOf = useProblemText();
  const send = async (kind: 'label.delete' | 'label.restore', { id: labelId }: Label) => {
    const outcome = await client.send(kind, { labelId });
    if ('code' in outcome) showToast({ tone: 'danger', title: textOf(outcome) });
    return !('code' in outcome);
  };
  const restore = async (label: Label) => {
    if (await send('label.restore', label))
      showToast({ tone: 'positive', title: t('restored', label) });
  };
  return async (label) => {
    if (!(await send('label.delete', label))) return;
    showToast({
      tone: 'positive',
      title: t('deleted', label),
      action: { label: t('undo'), onSelect: () => void restore(label) },
    });
  };
}
