import { sightOf } from '@deskbell/contract';
import { Play, Volume2 } from 'lucide-react';
import { useId, useState } from 'react';
import { useStore } from '../../app/client.tsx';
import { Page } from '../../app/page.tsx';
import { useMe } from '../../app/session-context.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Switch } from '../../ui/switch.tsx';
import { showToast } from '../../ui/toast.ts';
import { play } from '../notifications/sounds.ts';
import { showOutside } from '../notifications/worker.ts';
import { Permission } from './permission.tsx';
import { PushDevices } from './push-devices.tsx';
import { Row, Section } from './section.tsx';
import { type Choices, useChoices } from './use-choices.ts';

/** What one wants to be told, and how. */
export function NotificationsScreen() {
  const { t } = useTranslation('notificationSettings');
  const { chosen, change } = useChoices();
  return (
    <Page title={t('title')} text={t('text')}>
      {chosen ? (
        <>
          <Sounds {...{ chosen, change }} />
          <Section title={t('shown.title')}>
            <Row>
              <Switch
                label={t('shown.popUps')}
                hint={t('shown.popUpsHint')}
                isOn={chosen.hasPopUps}
                onChange={(hasPopUps) => change({ hasPopUps })}
              />
            </Row>
            <Row>
              <Switch
                label={t('shown.outside')}
                hint={t('shown.outsideHint')}
                isOn={chosen.hasSystemNotifications}
                onChange={(hasSystemNotifications) => change({ hasSystemNotifications })}
              />
            </Row>
            {chosen.hasSystemNotifications && <Permission />}
            <TryIt chosen={chosen} />
          </Section>
          <PushDevices />
          <Inboxes {...{ chosen, change }} />
        </>
      ) : (
        <div role="status" className="space-y-3">
          <span className="sr-only">{t('loading')}</span>
          <Skeleton className="h-32 rounded-xl" />
          <Skeleton className="h-32 rounded-xl" />
        </div>
      )}
    </Page>
  );
}

type Chosen = Choices & { chosen: NonNullable<Choices['chosen']> };

function Sounds({ chosen, change }: Chosen) {
  const { t } = useTranslation('notificationSettings');
  return (
    <Section title={t('sounds.title')} text={t('sounds.text')}>
      <Row>
        <div className="min-w-0 flex-1">
          <Switch
            label={t('sounds.ring')}
            isOn={chosen.hasRing}
            onChange={(hasRing) => change({ hasRing })}
          />
        </div>
        <IconButton
          label={t('sounds.hearRing')}
          icon={<Play />}
          onClick={() => void play('ring', chosen.volume)}
        />
      </Row>
      <Row>
        <div className="min-w-0 flex-1">
          <Switch
            label={t('sounds.message')}
            isOn={chosen.hasMessageSound}
            onChange={(hasMessageSound) => change({ hasMessageSound })}
          />
        </div>
        <IconButton
          label={t('sounds.hearMessage')}
          icon={<Play />}
          onClick={() => void play('message', chosen.volume)}
        />
      </Row>
      <Row>
        <Volume volume={chosen.volume} onChosen={(volume) => change({ volume })} />
      </Row>
    </Section>
  );
}

/** Kept when it is let go, not with every step on the way. */
function Volume({ volume, onChosen }: { volume: number; onChosen(volume: number): void }) {
  const { t } = useTranslation('notificationSettings');
  const id = useId();
  const [moved, setMoved] = useState<number | null>(null);
  const shown = moved ?? volume;
  const letGo = () => {
    if (moved !== null && moved !== volume) onChosen(moved);
    setMoved(null);
  };
  return (
    <>
      <Volume2 className="size-4.5 shrink-0 text-faint" aria-hidden="true" />
      <label htmlFor={id}>{t('sounds.volume')}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={100}
        step={5}
        value={shown}
        aria-valuetext={t('sounds.percent', { value: shown })}
        onChange={(event) => setMoved(Number(event.target.value))}
        onPointerUp={letGo}
        onKeyUp={letGo}
        onBlur={letGo}
        className="h-8 pointer-coarse:h-11 min-w-32 max-w-80 flex-1 accent-(--accent)"
      />
      <span aria-hidden="true" className="w-12 text-end text-muted text-sm tabular-nums">
        {t('sounds.percent', { value: shown })}
      </span>
    </>
  );
}

function TryIt({ chosen }: Pick<Chosen, 'chosen'>) {
  const { t } = useTranslation('notificationSettings');
  const show = async () => {
    void play('ring', chosen.hasRing ? chosen.volume : 0);
    const notice = { title: t('test.notice'), body: t('test.body') };
    const isShown =
      chosen.hasSystemNotifications &&
      (await showOutside({ id: 'test', conversationId: null, kind: null, seq: 0, ...notice }));
    if (!isShown) showToast({ title: notice.title, description: t('test.inPage') });
  };
  return (
    <Row>
      <p className="min-w-0 flex-1 basis-60 text-muted text-sm">{t('test.text')}</p>
      <Button onClick={() => void show()}>{t('test.button')}</Button>
    </Row>
  );
}

/** from which inboxes one hears of new conversations. */
function Inboxes({ chosen, change }: Chosen) {
  const { t } = useTranslation('notificationSettings');
  const me = useMe();
  const all = useStore((store) => store.entities.inboxes.all());
  const teams = useStore((store) => store.entities.teams.all());
  const { servedInboxIds } = sightOf(me, { inboxes: all, teams });
  const own = all.filter(({ id }) => servedInboxIds.has(id));
  const { mutedInboxIds } = chosen;
  return (
    <Section title={t('inboxes.title')} text={t('inboxes.text')}>
      {own.map(({ id, name }) => (
        <Row key={id}>
          <Switch
            label={name}
            isOn={!mutedInboxIds.includes(id)}
            onChange={(isOn) =>
              change({
                mutedInboxIds: isOn
                  ? mutedInboxIds.filter((muted) => muted !== id)
                  : [...mutedInboxIds, id],
              })
            }
          />
        </Row>
      ))}
      {own.length === 0 && (
        <Row>
          <p className="text-muted text-sm">{t('inboxes.none')}</p>
        </Row>
      )}
    </Section>
  );
}
