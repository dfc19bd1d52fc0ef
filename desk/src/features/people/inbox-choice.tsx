import type { InboxId } from '@deskbell/contract';
import { useStore } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Checkbox } from '../../ui/checkbox.tsx';

interface InboxChoiceProps {
  /** Those that are not chosen. */
  left: ReadonlySet<InboxId>;
  onChange(left: ReadonlySet<InboxId>): void;
}

/** Which inboxes a newcomer will serve: all, until one is taken out. */
export function InboxChoice({ left, onChange }: InboxChoiceProps) {
  const { t } = useTranslation('people');
  const inboxes = useStore((store) => store.entities.inboxes.all());
  if (inboxes.length === 0) return null;
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">{t('dialog.inboxes')}</legend>
      <div className="grid max-h-40 gap-x-6 gap-y-1 overflow-y-auto sm:grid-cols-2">
        {inboxes.map(({ id, name }) => (
          <Checkbox
            key={id}
            label={name}
            isOn={!left.has(id)}
            onChange={(isOn) => {
              const next = new Set(left);
              if (isOn) next.delete(id);
              else next.add(id);
              onChange(next);
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}
