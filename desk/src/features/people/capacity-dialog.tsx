import type { Agent } from '@deskbell/contract';
import { useState } from 'react';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useChanges } from './use-changes.ts';

const MOST = 1000;

/** How many open conversations somebody may have; left empty, as many as everybody. */
export default function CapacityDialog({ agent, onClose }: { agent: Agent; onClose(): void }) {
  const { t } = useTranslation(['people', 'app']);
  const { setCapacity } = useChanges();
  const [text, setText] = useState(agent.capacity === null ? '' : String(agent.capacity));
  const [isWrong, setWrong] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const save = async (event: React.FormEvent) => {
    event.preventDefault();
    const capacity = read(text);
    if (capacity === undefined) return setWrong(true);
    setBusy(true);
    const isDone = await setCapacity(agent, capacity);
    setBusy(false);
    if (isDone) onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="small"
      title={t('capacity.title', { name: agent.name })}
      closeLabel={t('app:close')}
      actions={
        <>
          <Button onClick={onClose}>{t('keep')}</Button>
          <Button look="primary" type="submit" form="capacity" isBusy={isBusy}>
            {t('capacity.save')}
          </Button>
        </>
      }
    >
      <form id="capacity" onSubmit={(event) => void save(event)} noValidate>
        <TextField
          label={t('capacity.label')}
          hint={t('capacity.hint')}
          error={isWrong && t('capacity.wrong')}
          inputMode="numeric"
          autoComplete="off"
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setWrong(false);
          }}
        />
      </form>
    </Dialog>
  );
}

/** null: the workspace's number; undefined: no number at all. */
function read(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const number = Number(trimmed);
  return Number.isInteger(number) && number >= 1 && number <= MOST ? number : undefined;
}
