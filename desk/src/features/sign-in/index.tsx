import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { ask, isProblem } from '../../app/api.ts';
import { FormProblem, useForm } from '../../app/form.tsx';
import { PlainPage } from '../../app/plain-page.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { comeIn, returnPath, type SignedIn } from '../../app/session.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { PasswordField, TextField } from '../../ui/text-field.tsx';

const route = getRouteApi('/sign-in');

/** Signs in, then goes on to where one wanted to be. */
export function SignInScreen() {
  const { t } = useTranslation(['signIn', 'app']);
  const { back } = route.useSearch();
  const { history } = useRouter();
  const textOf = useProblemText();
  const form = useForm(async ({ email, password }) => {
    const answer = await ask<SignedIn>('POST', '/sign-in', { email, password });
    if (isProblem(answer)) return answer;
    comeIn(answer);
    history.replace(returnPath(back));
    return answer;
  });
  return (
    <PlainPage title={t('title')} text={back ? t('textBack') : t('text')}>
      <title>{`${t('title')} · Deskbell`}</title>
      <form {...form.props} className="flex flex-col gap-4">
        <TextField
          label={t('email')}
          name="email"
          type="email"
          size="large"
          autoComplete="username"
          error={form.errorAt('email')}
        />
        <PasswordField
          label={t('app:password.label')}
          name="password"
          size="large"
          autoComplete="current-password"
          showLabel={t('app:password.show')}
          hideLabel={t('app:password.hide')}
          error={form.errorAt('password')}
        />
        {form.problem && <FormProblem>{textOf(form.problem)}</FormProblem>}
        <Button type="submit" look="primary" size="large" isBusy={form.isBusy}>
          {t('button')}
        </Button>
        <Link
          to="/forgot-password"
          className="self-center text-accent-text text-sm underline underline-offset-2"
        >
          {t('forgot')}
        </Link>
        <p className="text-center text-faint text-sm">{t('noAccount')}</p>
      </form>
    </PlainPage>
  );
}
