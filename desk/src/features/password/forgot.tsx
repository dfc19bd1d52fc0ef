import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, isProblem } from '../../app/api.ts';
import { AskedProblem } from '../../app/asked-problem.tsx';
import { FormProblem, useForm } from '../../app/form.tsx';
import { PlainPage } from '../../app/plain-page.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useAsked } from '../../app/use-asked.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';

/** Who has forgotten their password gets a link by mail; where no mail is sent, an admin helps. */
export function ForgotPasswordScreen() {
  const { t } = useTranslation('password');
  const asked = useAsked<{ isMailed: boolean }>('/password-resets');
  const { answer } = asked;
  const [sentTo, setSentTo] = useState<string | null>(null);
  return (
    <PlainPage
      title={t('forgot.title')}
      text={sentTo === null && answer?.isMailed && t('forgot.text')}
    >
      <title>{`${t('forgot.title')} · Deskbell`}</title>
      <div role="status" className="empty:hidden">
        {sentTo !== null && <p className="text-pretty">{t('forgot.sent', { email: sentTo })}</p>}
        {answer?.isMailed === false && <p className="text-pretty">{t('forgot.noMail')}</p>}
      </div>
      <AskedProblem asked={asked} />
      {answer?.isMailed && sentTo === null && <Ask onSent={setSentTo} />}
      <p className="mt-6 text-center text-sm">
        <Link to="/sign-in" className="text-accent-text underline underline-offset-2">
          {t('back')}
        </Link>
      </p>
    </PlainPage>
  );
}

function Ask({ onSent }: { onSent(email: string): void }) {
  const { t, i18n } = useTranslation('password');
  const textOf = useProblemText();
  const form = useForm(async ({ email }) => {
    const language = i18n.language;
    const answer = await ask('POST', '/password-resets', { email: email.trim(), language });
    if (!isProblem(answer)) onSent(email.trim());
    return answer;
  });
  return (
    <form {...form.props} className="flex flex-col gap-4">
      <TextField
        label={t('forgot.email')}
        name="email"
        type="email"
        size="large"
        maxLength={254}
        autoComplete="username"
        error={form.errorAt('email')}
      />
      {form.problem && <FormProblem>{textOf(form.problem)}</FormProblem>}
      <Button type="submit" look="primary" size="large" isBusy={form.isBusy}>
        {t('forgot.button')}
      </Button>
    </form>
  );
}
