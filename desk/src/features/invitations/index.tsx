import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { Unlink } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, isProblem } from '../../app/api.ts';
import { FormProblem, useForm } from '../../app/form.tsx';
import { NewPassword } from '../../app/new-password.tsx';
import { PlainPage } from '../../app/plain-page.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { forgetSession } from '../../app/session.ts';
import { Button, buttonClasses } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { Invitation } from './invitation.ts';

const route = getRouteApi('/invitations/$token');

/** Where the link of an invitation leads. */
export function InvitationScreen() {
  const invitation = route.useLoaderData();
  return isProblem(invitation) ? (
    <Spent code={invitation.code} />
  ) : (
    <Accept invitation={invitation} />
  );
}

function Accept({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation(['invitations', 'app']);
  const { token } = route.useParams();
  const router = useRouter();
  const textOf = useProblemText();
  const formElement = useRef<HTMLFormElement>(null);
  const form = useForm(async (values) => {
    const answer = await ask('POST', `/invitations/${token}`, values);
    if (isProblem(answer)) return answer;
    forgetSession();
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
    <main className="flex min-h-dvh bg-surface">
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
