import type { Label } from '@deskbell/contract';
import { Plus, Tag } from 'lucide-react';
import { useState } from 'react';
import { useStore } from '../../app/client.tsx';
import { Page } from '../../app/page.tsx';
import { useSession } from '../../app/session-context.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { LabelDot } from './label-chip.tsx';
import { LabelDialog } from './label-dialog.tsx';
import { useLabels } from './use-labels.ts';

/** The labels there are. */
export function LabelsScreen() {
  const { t } = useTranslation('labels');
  const { may } = useSession();
  const labels = useLabels();
  const isLoaded = useStore((store) => store.me !== null);
  const [edited, setEdited] = useState<Label | 'new' | null>(null);
  const create = may.changeSettings && (
    <Button look="primary" icon={<Plus />} onClick={() => setEdited('new')}>
      {t('create')}
    </Button>
  );
  return (
    <Page
      title={t('title')}
      text={t(may.changeSettings ? 'text' : 'textOnly')}
      actions={isLoaded && create}
    >
      {!isLoaded && (
        <div role="status">
          <span className="sr-only">{t('loading')}</span>
          <Skeleton className="h-40 rounded-xl" />
        </div>
      )}
      {isLoaded && labels.length === 0 && (
        <EmptyState icon={<Tag />} title={t('none.title')}>
          {t(may.changeSettings ? 'none.text' : 'none.textOnly')}
        </EmptyState>
      )}
      <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line empty:hidden">
        {labels.map((label) => (
          <LabelRow
            key={label.id}
            label={label}
            onOpen={may.changeSettings ? () => setEdited(label) : null}
          />
        ))}
      </ul>
      {edited && <LabelDialog edited={edited} onClose={() => setEdited(null)} />}
    </Page>
  );
}

function LabelRow({ label, onOpen }: { label: Label; onOpen: (() => void) | null }) {
  const { t } = useTranslation('labels');
  const classes = 'flex h-11 w-full items-center gap-3 bg-surface px-4 text-start';
  const content = (
    <>
      <LabelDot color={label.color} />
      <span className="truncate">{label.name}</span>
    </>
  );
  return (
    <li>
      {onOpen ? (
        <button
          type="button"
          aria-label={t('edit', { name: label.name })}
          onClick={onOpen}
          className={`${classes} -outline-offset-2 hover:bg-hover`}
        >
          {content}
        </button>
      ) : (
        <div className={classes}>{content}</div>
      )}
    </li>
  );
}
