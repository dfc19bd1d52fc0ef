import type { WorkspaceId } from '@deskbell/contract';
import { ask, isProblem } from '../../app/api.ts';
import { NameForm } from '../../app/name-form.tsx';
import { goInto } from '../../app/place.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Dialog } from '../../ui/dialog.tsx';

/** Makes a further workspace, and goes there. */
export function NewWorkspace({ onClose }: { onClose(): void }) {
  const { t } = useTranslation(['workspaces', 'app']);
  const send = async (name: string) => {
    const made = await ask<{ workspaceId: WorkspaceId }>('POST', '/workspaces', { name });
    if (!isProblem(made)) goInto(made.workspaceId);
    return made;
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="small"
      title={t('new.title')}
      description={t('new.text')}
      closeLabel={t('app:close')}
    >
      <NameForm
        label={t('new.name')}
        placeholder={t('new.example')}
        button={t('new.button')}
        send={send}
      />
    </Dialog>
  );
}
