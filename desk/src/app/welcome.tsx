import { lazy, Suspense } from 'react';
import { Kbd } from '../ui/kbd.tsx';
import { useStore } from './client.tsx';
import { useKeysOf } from './shortcuts.ts';
import { useTranslation } from './use-translation.ts';

/** Seen once in a workspace's life. */
const FirstSteps = lazy(() => import('./first-steps.tsx'));

/** The middle with nothing open: the first steps until somebody has written, afterwards a word on the keyboard. */
export function Welcome() {
  const counts = useStore((store) => store.counts);
  const inbox = useStore((store) => store.entities.inboxes.all()[0]);
  if (!counts) return null;
  const isNew = counts.open + counts.closed + counts.mine === 0;
  return (
    <div className="flex min-h-0 flex-1 overflow-y-auto">
      <Suspense>{isNew && inbox ? <FirstSteps inboxKey={inbox.key} /> : <NothingOpen />}</Suspense>
    </div>
  );
}

function NothingOpen() {
  const keysOf = useKeysOf();
  const { t } = useTranslation();
  return (
    <div className="m-auto px-6 py-12 text-center">
      <h1 className="font-medium">{t('nothingOpen.title')}</h1>
      <p className="mt-0.5 text-muted text-sm">{t('nothingOpen.text')}</p>
      <dl className="mx-auto mt-5 w-72 text-start text-muted text-sm">
        {(['next', 'open', 'accept', 'help'] as const).map((name) => (
          <div key={name} className="flex min-h-7 items-center justify-between gap-4">
            <dt>{t(`shortcuts.names.${name}`)}</dt>
            <dd>
              <Kbd keys={keysOf(name)} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
