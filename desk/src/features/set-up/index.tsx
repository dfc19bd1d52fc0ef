import { Link, useRouter } from '@tanstack/react-router';
import { useRef } from 'react';
import { ask, isProblem } from '../../app/api.ts';
import { FormProblem, useForm } from '../../app/form.tsx';
import { NewPassword } from '../../app/new-password.tsx';
import { PlainPage } from '../../app/plain-page.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { forgetSession } from '../../app/session.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Scene } from './scene.tsx';

/** The first visit: makes the workspace, its owner and a web inbox. */
export function SetUpScreen() {
  const { t } = useTranslation('setUp');
  const router = useRouter();
  const textOf = useProblemText();
  const formElement = useRef<HTMLFormElement>(null);
  const form = useForm(async (values) => {
    const answer = await ask('POST', '/setup', values);
    if (isProblem(answer)) return answer;
    forgetSession();
    await router.navigate({ to: '/', replace: true });
    return answer;
  });
  const about = () =>
    [...new FormData(formElement.current ?? undefined)]
      .filter(([name]) => name !== 'password')
      .map(([, value]) => String(value));
  return (
    <PlainPage title={t('title')} text={t('text')} beside={<Scene />}>
      <title>{`${t('button')} · Deskbell`}</title>
      <form ref={formElement} {...form.props} className="flex flex-col gap-4">
        <TextField
          label={t('workspace')}
          name="workspaceName"
          size="large"
          maxLength={120}
          autoComplete="organization"
          placeholder={t('workspaceExample')}
          error={form.errorAt('workspaceName')}
        />
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
          name="email"
          type="email"
          size="large"
          maxLength={254}
          autoComplete="username"
          error={form.errorAt('email')}
        />
        <NewPassword error={form.errorAt('password')} about={about} />
        {form.problem && (
          <FormProblem>
            {form.problem.code === 'already-exists' ? t('taken') : textOf(form.problem)}{' '}
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
