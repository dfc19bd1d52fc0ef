import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { Unlink } from 'lucide-react';
import { useRef, useState } from 'react';
import { ask, isProblem } from '../../app/api.ts';
import { FormProblem, useForm } from '../../app/form.tsx';
import { NewPassword } from '../../app/new-password.tsx';
import { goInto } from '../../app/place.ts';
import { PlainPage } from '../../app/plain-page.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { comeIn, type Session, type SignedIn } from '../../app/session.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button, buttonClasses } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { Invitation } from './invitation.ts';

const route = getRouteApi('/invitations/$token');

/** Where the link of an invitation leads. */
export function InvitationScreen() {
  const { invitation, session } = route.useLoaderData();
  const [isOther, setOther] = useState(false);
  if (isProblem(invitation)) return <Spent code={invitation.code} />;
  const isForThem = session && [null, session.agent.email].includes(invitation.email);
  return isForThem && !isOther ? (
    <Join invitation={invitation} session={session} onOther={() => setOther(true)} />
  ) : (
    <Accept invitation={invitation} />
  );
}

interface JoinProps {
  invitation: Invitation;
  session: Session;
  onOther(): void;
}

/** Who is signed in comes in with one click, and keeps what they have. */
function Join({ invitation, session: { agent, workspace }, onOther }: JoinProps) {
  const { t } = useTranslation(['invitations', 'app']);
  const { token } = route.useParams();
  const textOf = useProblemText();
  const form = useForm(async () => {
    const joined = await ask<SignedIn>('POST', `/invitations/${token}/join`, {});
    if (!isProblem(joined)) goInto(joined.workspaceId);
    return joined;
  });
  const { workspaceName, role } = invitation;
  return (
    <PlainPage
      title={t('title', { workspace: workspaceName })}
      text={t('text', { role: t(`app:roles.${role}`) })}
    >
      <title>{`${t('title', { workspace: workspaceName })} · Deskbell`}</title>
      <form {...form.props} className="flex flex-col gap-4">
        <div className="flex items-center gap-3 rounded-xl border border-line p-3">
          <Avatar id={agent.id} name={agent.name} size="large" />
          <div className="min-w-0">
            <p className="truncate font-medium">{agent.name}</p>
            <p className="truncate text-muted text-sm">{agent.email}</p>
          </div>
        </div>
        <p className="wrap-anywhere line-clamp-3 text-muted text-sm">
          {t('join.text', { workspace: workspace.name })}
        </p>
        {form.problem && (
          <FormProblem>
            {form.problem.code === 'already-exists' ? t('member') : textOf(form.problem)}
          </FormProblem>
        )}
        <Button type="submit" look="primary" size="large" isBusy={form.isBusy}>
          {t('join.button')}
        </Button>
        <Button look="quiet" size="large" onClick={onOther}>
          {t('join.other')}
        </Button>
      </form>
    </PlainPage>
  );
}

function Accept({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation(['invitations', 'app']);
  const { token } = route.useParams();
  const router = useRouter();
  const textOf = useProblemText();
  const formElement = useRef<HTMLFormElement>(null);
  const form = useForm(async (values) => {
    const answer = await ask<SignedIn>('POST', `/invitations/${token}`, values);
    if (isProblem(answer)) return answer;
    comeIn(answer);
    await router.navigate({ to: '/', replace: true });
    return answer;
  });
  const { workspaceName, role, email } = invitation;
  const about = () => {
    const values = new FormData(formElement.current ?? undefined);
    return [String(values.get('name')), String(values.get('email')), workspaceName];
  };
  return (
    <PlainPage
      title={t('title', { workspace: workspaceName })}
      text={t('text', { role: t(`app:roles.${role}`) })}
    >
      <title>{`${t('title', { workspace: workspaceName })} · Deskbell`}</title>
      <form ref={formElement} {...form.props} className="flex flex-col gap-4">
        <TextField
          label={t('name')}
          hint={t('nameHint')}
          name="name"
          size="large"
          maxLength={120}
          autoComplete="name"
          error={form.errorAt('name')}
        />
        <TextField
          label={t('email')}
          hint={email ? t('emailGiven') : undefined}
          name="email"
          type="email"
          size="large"
          maxLength={254}
          autoComplete="username"
          defaultValue={email ?? ''}
          readOnly={email !== null}
          error={form.errorAt('email')}
        />
        <NewPassword
          about={about}
          isFinal={form.fault?.code === 'wrong-password'}
          error={form.fault?.code === 'wrong-password' ? t('known') : form.errorAt('password')}
        />
        {form.problem && (
          <FormProblem>
            {form.problem.code === 'already-exists' ? t('member') : textOf(form.problem)}{' '}
            {form.problem.code === 'already-exists' && (
              <Link to="/sign-in" className="underline">
                {t('signIn')}
              </Link>
            )}
          </FormProblem>
        )}
        <Button type="submit" look="primary" size="large" isBusy={form.isBusy}>
          {t('button')}
        </Button>
      </form>
    </PlainPage>
  );
}

const reasons: Record<string, 'used' | 'expired' | 'withdrawn'> = {
  'invitation-used': 'used',
  'invitation-expired': 'expired',
  'invitation-withdrawn': 'withdrawn',
};

/** Says what became of the link, and what to do. */
function Spent({ code }: { code: string }) {
  const { t } = useTranslation('invitations');
  return (
    <main className="safe-page flex min-h-dvh bg-surface">
      <title>{`${t('spent.title')} · Deskbell`}</title>
      <EmptyState
        icon={<Unlink />}
        title={<h1>{t('spent.title')}</h1>}
        action={
          <Link to="/sign-in" className={buttonClasses({ look: 'primary' })}>
            {t('signIn')}
          </Link>
        }
      >
        {t(`spent.${reasons[code] ?? 'unknown'}`)}
      </EmptyState>
    </main>
  );
}
