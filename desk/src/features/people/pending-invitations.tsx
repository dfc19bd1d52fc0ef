import type { AgentId, InboxId, Role } from '@deskbell/contract';
import { Link2, MailPlus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ask, isProblem } from '../../app/api.ts';
import { AskedProblem } from '../../app/asked-problem.tsx';
import { useStore } from '../../app/client.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import type { Asked } from '../../app/use-asked.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { exactTime, shortTime } from '../../ui/relative-time.ts';
import { showToast } from '../../ui/toast.ts';
import type { Made } from './invite-dialog.tsx';

/** An invitation that nobody has used yet. */
export interface Pending {
  id: string;
  email: string | null;
  role: Role;
  /** null: every inbox. */
  inboxIds: InboxId[] | null;
  createdBy: AgentId;
  createdAt: number;
  expiresAt: number;
  isExpired: boolean;
}

interface PendingInvitationsProps {
  asked: Asked<{ invitations: Pending[] }>;
  /** A link to pass on. */
  onLink(made: Made): void;
}

/** Invitations on their way: for whom, until when; another link for each, or none any more. */
export function PendingInvitations({ asked, onLink }: PendingInvitationsProps) {
  const { t } = useTranslation('people');
  const [withdrawing, setWithdrawing] = useState<string | null>(null);
  const pending = asked.answer?.invitations ?? [];
  if (asked.problem)
    return (
      <section aria-label={t('pending.title')} className="mt-8">
        <AskedProblem asked={asked} />
      </section>
    );
  if (pending.length === 0) return null;
  return (
    <section aria-labelledby="pending" className="mt-8">
      <h2 id="pending" className="mb-2 font-medium">
        {t('pending.title')}
      </h2>
      <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line">
        {pending.map((each) => (
          <Invitation
            key={each.id}
            invitation={each}
            onLink={onLink}
            onChanged={() => void asked.again()}
            onWithdraw={() => setWithdrawing(each.id)}
          />
        ))}
      </ul>
      <WithdrawDialog
        // One that is used or withdrawn elsewhere takes the question with it.
        invitation={pending.find(({ id }) => id === withdrawing) ?? null}
        onClose={() => {
          setWithdrawing(null);
          void asked.again();
        }}
      />
    </section>
  );
}

interface InvitationProps {
  invitation: Pending;
  onLink(made: Made): void;
  onChanged(): void;
  onWithdraw(): void;
}

function Invitation({ invitation, onLink, onChanged, onWithdraw }: InvitationProps) {
  const { t, i18n } = useTranslation(['people', 'app']);
  const textOf = useProblemText();
  const { email, role, expiresAt, isExpired } = invitation;
  const name = email ?? t('pending.anybody');
  const renew = async () => {
    const answer = await ask<Made>('POST', `/invitations/${invitation.id}/link`);
    if (isProblem(answer)) showToast({ tone: 'danger', title: textOf(answer) });
    else onLink(answer);
    onChanged();
  };
  return (
    <li className="flex items-center gap-3 bg-surface px-3.5 py-2.5">
      <span
        aria-hidden="true"
        className="grid size-8 shrink-0 place-items-center rounded-full bg-hover text-faint"
      >
        <MailPlus className="size-4" />
      </span>
      <div className="min-w-0 flex-1">
        <p title={name} className="truncate font-medium">
          {name}
        </p>
        <p className="truncate text-muted text-sm">
          <span className="sm:hidden">{t(`app:roles.${role}`)} · </span>
          <Until {...{ isExpired, expiresAt, language: i18n.language }} />
        </p>
        <Inboxes ids={invitation.inboxIds} />
      </div>
      <Badge tone={role === 'agent' ? 'neutral' : 'accent'} className="max-sm:hidden">
        {t(`app:roles.${role}`)}
      </Badge>
      <span className="flex shrink-0 gap-1">
        <IconButton
          label={t('pending.link', { name })}
          icon={<Link2 />}
          onClick={() => void renew()}
        />
        <IconButton
          label={t('pending.withdraw', { name })}
          icon={<Trash2 />}
          onClick={onWithdraw}
        />
      </span>
    </li>
  );
}

function Until(props: { isExpired: boolean; expiresAt: number; language: string }) {
  const { t } = useTranslation('people');
  const { isExpired, expiresAt, language } = props;
  return (
    <time
      dateTime={new Date(expiresAt).toISOString()}
      title={exactTime(expiresAt, language)}
      className={isExpired ? 'text-danger-text' : ''}
    >
      {t(isExpired ? 'pending.expired' : 'pending.until', { at: shortTime(expiresAt, language) })}
    </time>
  );
}

function Inboxes({ ids }: { ids: InboxId[] | null }) {
  const { t } = useTranslation('people');
  const inboxes = useStore((store) => store.entities.inboxes.all());
  const names = inboxes.filter(({ id }) => ids?.includes(id)).map(({ name }) => name);
  const text =
    names.length > 0 ? t('pending.inboxes', { inboxes: names.join(', ') }) : t('pending.noInbox');
  return (
    <p className="truncate text-faint text-sm">{ids === null ? t('pending.allInboxes') : text}</p>
  );
}

function WithdrawDialog({ invitation, onClose }: { invitation: Pending | null; onClose(): void }) {
  const { t } = useTranslation(['people', 'app']);
  const textOf = useProblemText();
  const [isBusy, setBusy] = useState(false);
  const withdraw = async () => {
    if (!invitation) return;
    setBusy(true);
    const answer = await ask('DELETE', `/invitations/${invitation.id}`);
    setBusy(false);
    showToast(
      isProblem(answer)
        ? { tone: 'danger', title: textOf(answer) }
        : { tone: 'positive', title: t('pending.withdrawn') },
    );
    onClose();
  };
  return (
    <Dialog
      isOpen={invitation !== null}
      onClose={onClose}
      size="small"
      title={t('pending.withdrawTitle')}
      closeLabel={t('app:close')}
      actions={
        <>
          <Button onClick={onClose}>{t('keep')}</Button>
          <Button look="danger" isBusy={isBusy} onClick={() => void withdraw()}>
            {t('pending.withdrawButton')}
          </Button>
        </>
      }
    >
      <p className="text-muted">
        {t('pending.withdrawText', { name: invitation?.email ?? t('pending.anybody') })}
      </p>
    </Dialog>
  );
}
