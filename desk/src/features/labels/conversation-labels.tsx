import type { Conversation } from '@deskbell/contract';
import { Tag } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useKeysOf, useShortcut } from '../../app/shortcuts.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { LabelChip } from './label-chip.tsx';
import { useLabelsOf } from './use-labels.ts';

// Not wanted before somebody asks for it.
const LabelPicker = lazy(() => import('./label-picker.tsx'));

function usePicker(conversation: Conversation) {
  const [isOpen, setOpen] = useState(false);
  const picker = isOpen && (
    <Suspense>
      <LabelPicker conversation={conversation} onClose={() => setOpen(false)} />
    </Suspense>
  );
  return { picker, open: () => setOpen(true) };
}

/** In the head of a conversation: opens the choice of labels, also by its key. */
export function LabelButton({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('labels');
  const keysOf = useKeysOf();
  const { picker, open } = usePicker(conversation);
  useShortcut('label', open);
  return (
    <>
      <span className="contents max-sm:hidden">
        <IconButton
          label={t('picker.change')}
          shortcut={keysOf('label')}
          tooltipSide="bottom"
          icon={<Tag />}
          onClick={open}
          className="max-sm:hidden"
        />
      </span>
      {picker}
    </>
  );
}

/** Among the details: all labels, and the way to change them. */
export function LabelFact({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('labels');
  const labels = useLabelsOf(conversation.labelIds);
  const { picker, open } = usePicker(conversation);
  return (
    <span className="flex flex-wrap items-center gap-1">
      {labels.map((label) => (
        <LabelChip key={label.id} label={label} className="max-w-full" />
      ))}
      <button
        type="button"
        onClick={open}
        className="-mx-1 -my-0.5 pointer-coarse:-my-2.5 rounded-sm px-1 py-0.5 pointer-coarse:py-2.5 text-accent-text text-xs hover:underline"
      >
        {t(labels.length === 0 ? 'picker.add' : 'picker.change')}
      </button>
      {picker}
    </span>
  );
}
