import type { InboxId, Role } from '@deskbell/contract';
import { useState } from 'react';
import { ask, isProblem, type Problem } from '../../app/api.ts';
import { useStore } from '../../app/client.tsx';
import { FormProblem } from '../../app/form.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useSession } from '../../app/session-context.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { regional } from '../../ui/regional.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { InboxChoice } from './inbox-choice.tsx';

/** A link to be passed on. */
export interface Made {
  url: string;
  expiresAt: number;
}

interface InviteDialogProps {
  isOpen: boolean;
  /** Another link for an invitation there is: shown at once. */
  renewed: Made | null;
  onClose(): void;
}

/** Makes a link that brings one person in. Nothing is sent by mail: who invites passes it on. */
export function InviteDialog({ isOpen, renewed, onClose }: InviteDialogProps) {
  const { t } = useTranslation(['people', 'app']);
  const [fresh, setMade] = useState<Made | null>(null);
  const made = renewed ?? fresh;
  const close = () => {
    onClose();
    setMade(null);
  };
  const freshText = made ? 'dialog.madeText' : 'dialog.text';
  const text = renewed ? 'pending.renewedText' : freshText;
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={t(made ? 'dialog.made' : 'dialog.title')}
      description={t(text)}
      closeLabel={t('app:close')}
    >
      {made ? (
        <Link made={made} onAnother={renewed ? null : () => setMade(null)} />
      ) : (
        <Make onMade={setMade} />
      )}
    </Dialog>
  );
}

const expiries = [1, 7, 30] as const;
const weakestFirst: readonly Role[] = ['agent', 'supervisor', 'admin', 'owner'];

function Make({ onMade }: { onMade(made: Made): void }) {
  const { t } = useTranslation(['people', 'app']);
  const textOf = useProblemText();
  const { may } = useSession();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('agent');
  const [days, setDays] = useState(7);
  const [left, setLeft] = useState<ReadonlySet<InboxId>>(new Set());
  const inboxes = useStore((store) => store.entities.inboxes.all());
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const make = async () => {
    setBusy(true);
    const chosen = inboxes.filter(({ id }) => !left.has(id)).map(({ id }) => id);
    const answer = await ask<Made>('POST', '/invitations', {
      ...{ role, days, email: email.trim() || null },
      inboxIds: left.size === 0 ? null : chosen,
    });
    setBusy(false);
    if (isProblem(answer)) return setProblem(answer);
    onMade(answer);
  };
  const isEmailWrong = problem?.field === 'email';
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <SelectField
        label={t('dialog.role')}
        hint={t(`dialog.roles.${role}`)}
        value={role}
        onChange={(event) => setRole(event.target.value as Role)}
        options={weakestFirst
          .filter((each) => may.inviteAs.includes(each))
          .map((value) => ({ value, label: t(`app:roles.${value}`) }))}
      />
      <TextField
        label={t('dialog.email')}
        hint={t('dialog.emailHint')}
        error={isEmailWrong ? t('app:fields.email') : undefined}
        type="email"
        autoComplete="off"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <SelectField
        label={t('dialog.expiry')}
        value={String(days)}
        onChange={(event) => setDays(Number(event.target.value))}
        options={expiries.map((count) => ({
          value: String(count),
          label: t('dialog.days', { count }),
        }))}
      />
      <InboxChoice left={left} onChange={setLeft} />
      {problem && !isEmailWrong && <FormProblem>{textOf(problem)}</FormProblem>}
      <Button type="submit" look="primary" isBusy={isBusy} className="self-end">
        {t('dialog.make')}
      </Button>
    </form>
  );
}

function Link({ made, onAnother }: { made: Made; onAnother: (() => void) | null }) {
  const { t, i18n } = useTranslation(['people', 'app']);
  const until = new Intl.DateTimeFormat(regional(i18n.language), {
    dateStyle: 'long',
    timeStyle: 'short',
  });
  return (
    <div className="flex flex-col gap-3">
      <CopyField
        label={t('dialog.link')}
        text={made.url}
        copyLabel={t('app:copy')}
        copiedLabel={t('app:copied')}
        look="primary"
      />
      <p className="text-muted text-sm">
        {t('dialog.expires', { until: until.format(made.expiresAt) })}
      </p>
      {onAnother && (
        <Button look="quiet" onClick={onAnother} className="self-end">
          {t('dialog.another')}
        </Button>
      )}
    </div>
  );
}
