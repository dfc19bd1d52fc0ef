import type { PushDevice } from '@deskbell/contract';
import { MonitorSmartphone } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { ask, isProblem, type Problem } from '../../app/api.ts';
import { AskedProblem } from '../../app/asked-problem.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useAsked } from '../../app/use-asked.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showToast } from '../../ui/toast.ts';
import { deviceId } from '../notifications/device.ts';
import { type PushState, pushState, subscribe, unsubscribe } from '../notifications/worker.ts';
import { Row, Section } from './section.tsx';

/** The browsers that are pushed to, each to be tested and taken off; and this one, to be put on. */
export function PushDevices() {
  const { t } = useTranslation('notificationSettings');
  const asked = useAsked<{ key: string; devices: PushDevice[] }>('/me/push-devices');
  const { answer, problem, again } = asked;
  const devices = answer?.devices;
  return (
    <Section title={t('push.title')} text={t('push.text')}>
      {problem && (
        <Row>
          <AskedProblem asked={asked} />
        </Row>
      )}
      {!answer && !problem && (
        <div role="status" className="p-4">
          <span className="sr-only">{t('loading')}</span>
          <Skeleton className="h-8 rounded-md" />
        </div>
      )}
      {devices?.map((device) => (
        <DeviceRow key={device.id} device={device} onChanged={again} />
      ))}
      {devices?.length === 0 && (
        <Row>
          <p className="text-muted text-sm">{t('push.none')}</p>
        </Row>
      )}
      {answer && (
        <ThisBrowser
          serverKey={answer.key}
          isListed={answer.devices.some(({ id }) => id === deviceId)}
          onChanged={again}
        />
      )}
    </Section>
  );
}

interface ThisBrowserProps {
  serverKey: string;
  /** The server pushes to it. */
  isListed: boolean;
  onChanged(): Promise<void>;
}

function ThisBrowser({ serverKey, isListed, onChanged }: ThisBrowserProps) {
  const { t, i18n } = useTranslation('notificationSettings');
  const textOf = useProblemText();
  const [state, setState] = useState<PushState | null>(null);
  const [isBusy, setBusy] = useState(false);
  const look = useCallback(async () => setState(await pushState()), []);
  useEffect(() => void look(), [look]);
  if (state === null || (state === 'on' && isListed)) return null;
  const allow = async () => {
    setBusy(true);
    const outcome: Problem | PushState = await subscribe(serverKey, i18n.language);
    if (typeof outcome !== 'string') showToast({ tone: 'danger', title: textOf(outcome) });
    else setState(outcome);
    await onChanged();
    setBusy(false);
  };
  return (
    <Row>
      <p role="status" className="min-w-0 flex-1 basis-60 text-muted text-sm">
        {state === 'denied' && t('permission.denied')}
        {state === 'unknown-to-browser' && t('push.unable')}
        {(state === 'off' || state === 'on') && t('push.firefox')}
      </p>
      {(state === 'off' || state === 'on') && (
        <Button isBusy={isBusy} onClick={() => void allow()}>
          {t('push.on')}
        </Button>
      )}
    </Row>
  );
}

function DeviceRow({ device, onChanged }: { device: PushDevice; onChanged(): Promise<void> }) {
  const { t, i18n } = useTranslation('notificationSettings');
  const textOf = useProblemText();
  const [isBusy, setBusy] = useState(false);
  const { browser, system } = device;
  const isThis = device.id === deviceId;
  const name =
    browser && system
      ? t('push.device', { browser, system })
      : browser || system || t('push.unknown');
  const path = `/me/push-devices/${device.id}`;
  const test = async () => {
    setBusy(true);
    const answer = await ask<{ isTaken: boolean; trouble: string | null }>(
      'POST',
      `${path}/test`,
      {},
    );
    setBusy(false);
    if (isProblem(answer)) return showToast({ tone: 'danger', title: textOf(answer) });
    if (answer.isTaken) return showToast({ title: t('push.sent', { name }) });
    if (answer.trouble !== null)
      return showToast({
        tone: 'danger',
        title: t('push.trouble', { name }),
        description: answer.trouble,
      });
    showToast({ tone: 'danger', title: t('push.gone', { name }) });
    await onChanged();
  };
  const remove = async () => {
    setBusy(true);
    const answer = await ask('DELETE', path);
    if (isProblem(answer)) showToast({ tone: 'danger', title: textOf(answer) });
    else if (isThis) await unsubscribe();
    setBusy(false);
    await onChanged();
  };
  return (
    <Row>
      <MonitorSmartphone aria-hidden="true" className="size-4.5 shrink-0 text-faint" />
      <div className="min-w-0 flex-1 basis-40">
        <p className="flex flex-wrap items-center gap-x-2 font-medium">
          {name}
          {isThis && <Badge tone="positive">{t('push.this')}</Badge>}
        </p>
        <p className="text-muted text-sm">
          {t('push.lastUsed')}{' '}
          <RelativeTime at={device.usedAt} language={i18n.language} nowLabel={t('push.now')} />
        </p>
      </div>
      <div className="flex gap-2">
        <Button
          size="small"
          isBusy={isBusy}
          aria-label={t('push.testNamed', { name })}
          onClick={() => void test()}
        >
          {t('push.test')}
        </Button>
        <Button
          size="small"
          isBusy={isBusy}
          aria-label={t('push.removeNamed', { name })}
          onClick={() => void remove()}
        >
          {t('push.remove')}
        </Button>
      </div>
    </Row>
  );
}
