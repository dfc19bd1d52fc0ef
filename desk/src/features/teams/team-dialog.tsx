import type { Team, TeamId } from '@deskbell/contract';
import { Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useClient, useStore } from '../../app/client.tsx';
import { NameForm } from '../../app/name-form.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useSwitched } from '../../app/use-switched.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { showToast } from '../../ui/toast.ts';
import { AgentSwitches } from './agent-switches.tsx';

/** What is being done to the teams. */
export type TeamStep = { is: 'new' } | { is: 'edit' | 'delete'; id: TeamId };

interface TeamDialogProps {
  step: TeamStep | null;
  onStep(step: TeamStep | null): void;
}

/** Makes a team, changes one, and asks before one goes. */
export function TeamDialog({ step, onStep }: TeamDialogProps) {
  const { t } = useTranslation(['teams', 'app']);
  const id = step && 'id' in step ? step.id : '';
  const team = useStore((store) => store.entities.teams.get(id));
  // One that somebody else deletes meanwhile takes its dialog with it.
  const isOpen = step?.is === 'new' || team !== undefined;
  const isLeaving = step?.is === 'delete';
  const titles = {
    new: t('create'),
    edit: team?.name ?? '',
    delete: t('deleteTitle', { name: team?.name }),
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={() => onStep(null)}
      size={step?.is === 'edit' ? 'medium' : 'small'}
      title={titles[step?.is ?? 'edit']}
      description={step?.is === 'new' ? t('newText') : undefined}
      closeLabel={t('app:close')}
      actions={team && !isLeaving && <EditActions team={team} onStep={onStep} />}
    >
      {step?.is === 'new' && <NewTeam onMade={(made) => onStep({ is: 'edit', id: made })} />}
      {team && step?.is === 'edit' && <EditTeam key={team.id} team={team} />}
      {team && isLeaving && <DeleteTeam team={team} onStep={onStep} />}
    </Dialog>
  );
}

function NewTeam({ onMade }: { onMade(id: TeamId): void }) {
  const { t } = useTranslation('teams');
  const client = useClient();
  const send = async (name: string) => {
    const outcome = await client.send('team.create', { name });
    if (!('code' in outcome)) onMade(outcome.answer.teamId);
    return outcome;
  };
  return <NameForm label={t('name')} placeholder={t('example')} button={t('make')} send={send} />;
}

function EditTeam({ team }: { team: Team }) {
  const { t } = useTranslation('teams');
  const client = useClient();
  const inboxes = useStore((store) => store.entities.inboxes.all());
  const served = useSwitched({
    isOn: (id) => inboxes.some((inbox) => inbox.id === id && inbox.teamIds.includes(team.id)),
    send: (inboxId: (typeof inboxes)[number]['id'], isOn) =>
      client.send(isOn ? 'inbox.add-team' : 'inbox.remove-team', { inboxId, teamId: team.id }),
    failed: t('failed', { name: team.name }),
  });
  return (
    <div className="flex flex-col gap-5">
      <TeamName team={team} />
      <Part title={t('members')}>
        <AgentSwitches
          memberIds={team.memberIds}
          failed={t('failed', { name: team.name })}
          send={(agentId, isOn) =>
            client.send(isOn ? 'team.add-member' : 'team.remove-member', {
              teamId: team.id,
              agentId,
            })
          }
        />
      </Part>
      <Part title={t('inboxes')}>
        <ul className="grid gap-x-8 sm:grid-cols-2">
          {inboxes.map((inbox) => (
            <li key={inbox.id} className="min-w-0 py-1.5">
              <Switch
                label={<span className="block truncate">{inbox.name}</span>}
                isOn={served.isOn(inbox.id)}
                onChange={(isOn) => void served.change(inbox.id, isOn)}
              />
            </li>
          ))}
        </ul>
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 font-medium text-sm">{title}</h3>
      {children}
    </section>
  );
}

/** Kept when one leaves the field; what is no name stays there, with the reason. */
function TeamName({ team }: { team: Team }) {
  const { t } = useTranslation(['teams', 'app']);
  const client = useClient();
  const textOf = useProblemText();
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | undefined>();
  const keep = async () => {
    const name = (typed ?? team.name).trim();
    if (name === '') return setError(t('app:fields.name'));
    if (name === team.name) return setTyped(null);
    const outcome = await client.send('team.change', { teamId: team.id, name });
    if ('code' in outcome) return setError(textOf(outcome));
    setTyped(null);
  };
  return (
    <TextField
      label={t('name')}
      maxLength={120}
      value={typed ?? team.name}
      error={error}
      onChange={(event) => {
        setTyped(event.target.value);
        setError(undefined);
      }}
      onBlur={() => void keep()}
      onKeyDown={(event) => event.key === 'Enter' && void keep()}
    />
  );
}

function EditActions({ team, onStep }: { team: Team; onStep: TeamDialogProps['onStep'] }) {
  const { t } = useTranslation('teams');
  return (
    <>
      <Button
        look="quiet"
        icon={<Trash2 />}
        className="-ms-3 me-auto"
        onClick={() => onStep({ is: 'delete', id: team.id })}
      >
        {t('delete')}
      </Button>
      <Button onClick={() => onStep(null)}>{t('done')}</Button>
    </>
  );
}

function DeleteTeam({ team, onStep }: { team: Team; onStep: TeamDialogProps['onStep'] }) {
  const { t } = useTranslation('teams');
  const client = useClient();
  const textOf = useProblemText();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const confirm = async () => {
    setBusy(true);
    const outcome = await client.send('team.delete', { teamId: team.id });
    setBusy(false);
    if ('code' in outcome) return setProblem(textOf(outcome));
    onStep(null);
    showToast({
      tone: 'positive',
      title: t('deleted', team),
      action: { label: t('undo'), onSelect: () => void restore() },
    });
  };
  const restore = async () => {
    const outcome = await client.send('team.restore', { teamId: team.id });
    showToast(
      'code' in outcome
        ? { tone: 'danger', title: textOf(outcome) }
        : { tone: 'positive', title: t('restored', team), description: t('restoredText') },
    );
  };
  return (
    <>
      <p className="text-muted">{t('deleteText')}</p>
      {problem && (
        <p role="alert" className="mt-2 text-danger-text text-sm">
          {problem}
        </p>
      )}
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={() => onStep({ is: 'edit', id: team.id })}>{t('keep')}</Button>
        <Button look="danger" isBusy={isBusy} onClick={() => void confirm()}>
          {t('delete')}
        </Button>
      </div>
    </>
  );
}
