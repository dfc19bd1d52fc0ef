import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { ask, isProblem } from '../../app/api.ts';
import { AskedProblem } from '../../app/asked-problem.tsx';
import { FormProblem, useForm } from '../../app/form.tsx';
import { NewPassword } from '../../app/new-password.tsx';
import { PlainPage } from '../../app/plain-page.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { comeIn, type SignedIn } from '../../app/session.ts';
import { useAsked } from '../../app/use-asked.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Button, buttonClasses } from '../../ui/button.tsx';

const route = getRouteApi('/reset-password/$token');

/** Where the link of a letter leads: another password, once. */
export function ResetPasswordScreen() {
  const { t } = useTranslation('password');
  const { token } = route.useParams();
  const textOf = useProblemText();
  const path = `/password-resets/${encodeURIComponent(token)}`;
  const asked = useAsked<{ email: string }>(path);
  const { answer, problem } = asked;
  return (
    <PlainPage title={t('reset.title')} text={answer && t('reset.text', { email: answer.email })}>
      <title>{`${t('reset.title')} · Deskbell`}</title>
      {problem && problem.code !== 'reset-spent' && <AskedProblem asked={asked} />}
      {problem?.code === 'reset-spent' && (
        <div className="flex flex-col gap-4">
          <FormProblem>{textOf(problem)}</FormProblem>
          <Link to="/forgot-password" className={buttonClasses({ look: 'primary', size: 'large' })}>
            {t('reset.again')}
          </Link>
        </div>
      )}
      {answer && <Choose path={path} email={answer.email} />}
    </PlainPage>
  );
}

function Choose({ path, email }: { path: string; email: string }) {
  const { t } = useTranslation('password');
  const router = useRouter();
  const textOf = useProblemText();
  const form = useForm(async ({ password }) => {
    const answer = await ask<SignedIn>('POST', path, { password });
    if (isProblem(answer)) return answer;
    comeIn(answer);
    await router.navigate({ to: '/', replace: true });
    return answer;
  });
  return (
    <form {...form.props} className="flex flex-col gap-4">
      {/* So that password managers know whose it is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <NewPassword about={() => [email]} error={form.errorAt('password')} />
      {form.problem && <FormProblem>{textOf(form.problem)}</FormProblem>}
      <Button type="submit" look="primary" size="large" isBusy={form.isBusy}>
        {t('reset.button')}
      </Button>
    </form>
  );
}
