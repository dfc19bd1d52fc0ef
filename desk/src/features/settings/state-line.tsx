import { Check, CircleAlert, CloudOff, LoaderCircle, UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../app/use-translation.ts';
import type { SaveState } from './use-workspace-value.ts';

interface StateLineProps {
  /** Why what stands there can't be saved, or wasn't. */
  wrong: string | null;
  state: SaveState;
  /** Beside it, or instead of it while there is nothing to say. */
  children?: ReactNode;
}

/** Below a control that saves itself: what is wrong, or how far it is saved. */
export function StateLine({ wrong, state, children }: StateLineProps) {
  return (
    <div className="mt-1.5 flex min-h-6 flex-wrap items-center gap-x-2 text-sm">
      <p
        role="status"
        className="flex gap-1.5 text-muted empty:hidden [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0"
      >
        {wrong === null ? (
          <Progress state={state} />
        ) : (
          <>
            <CircleAlert aria-hidden="true" className="text-danger-text" />
            <span className="text-danger-text">{wrong}</span>
          </>
        )}
      </p>
      {children}
    </div>
  );
}

const icons = {
  saving: LoaderCircle,
  waiting: CloudOff,
  saved: Check,
  elsewhere: UsersRound,
} as const;

function Progress({ state }: { state: SaveState }) {
  const { t } = useTranslation('settings');
  if (state === 'idle' || state === 'failed') return null;
  const Icon = icons[state];
  return (
    <>
      <Icon aria-hidden="true" className={state === 'saved' ? 'text-positive-text' : ''} />
      <span>{t(`save.${state}`)}</span>
    </>
  );
}
