import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Textarea } from '../../ui/textarea.tsx';

interface ReasonDialogProps {
  title: string;
  description: ReactNode;
  /** What leaves all as it is. */
  keep: string;
  isBusy: boolean;
  onClose(): void;
  /** Answers why it could not be done, or null. */
  onReason(reason: string): Promise<string | null>;
}

/** asks why something is done by force; whoever reads the timeline finds it there. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, description, keep, isBusy, onClose, onReason } = props;
  const { t } = useTranslation(['conversation', 'app']);
  const formId = useId();
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string | null>(null);
  const submit = async () => {
    const given = reason.trim();
    setError(given === '' ? t('force.needed') : await onReason(given));
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="small"
      title={title}
      description={description}
      closeLabel={t('app:close')}
      actions={
        <>
          <Button onClick={onClose}>{keep}</Button>
          <Button look="danger" type="submit" form={formId} isBusy={isBusy}>
            {title}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Textarea
          label={t('force.reason')}
          hint={t('force.hint')}
          error={error}
          value={reason}
          maxLength={500}
          required
          onChange={({ target }) => {
            setReason(target.value);
            setError(null);
          }}
        />
      </form>
    </Dialog>
  );
}
