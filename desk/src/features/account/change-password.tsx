import { useState } from 'react';
import { ask, isProblem } from '../../app/api.ts';
import { FormProblem, useForm } from '../../app/form.tsx';
import { NewPassword } from '../../app/new-password.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useMe } from '../../app/session-context.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { PasswordField } from '../../ui/text-field.tsx';
import { showToast } from '../../ui/toast.ts';

/** Another password: the present one is asked for, the new one looked at, and other devices signed out if wished. */
export function ChangePassword() {
  const { t } = useTranslation(['account', 'app']);
  const textOf = useProblemText();
  const me = useMe();
  const [endsOthers, setEndsOthers] = useState(true);
  const [turn, setTurn] = useState(0);
  const form = useForm(async ({ present, password }) => {
    const answer = await ask<{ ended: number }>('POST', '/me/password', {
      ...{ present, password, endsOthers },
    });
    if (isProblem(answer)) return answer;
    showToast({ tone: 'positive', title: t('password.changed') });
    setTurn(turn + 1);
    return answer;
  });
  const presentError =
    form.fault?.code === 'wrong-password' ? t('password.wrong') : form.errorAt('present');
  return (
    <section aria-labelledby="password" className="mb-10">
      <h2 id="password" className="font-semibold">
        {t('password.title')}
      </h2>
      <p className="mb-3 text-muted text-sm">{t('password.text')}</p>
      <form {...form.props} key={turn} className="flex flex-col gap-4 sm:max-w-90">
        {/* So that password managers know whose it is. */}
        <input type="hidden" name="username" autoComplete="username" value={me.email} readOnly />
        <PasswordField
          label={t('password.present')}
          name="present"
          autoComplete="current-password"
          showLabel={t('app:password.show')}
          hideLabel={t('app:password.hide')}
          error={presentError}
        />
        <NewPassword
          label={t('password.new')}
          size="medium"
          about={() => [me.email, me.name]}
          error={form.errorAt('password')}
        />
        <Checkbox label={t('password.ends')} isOn={endsOthers} onChange={setEndsOthers} />
        {form.problem && <FormProblem>{textOf(form.problem)}</FormProblem>}
        <Button type="submit" isBusy={form.isBusy} className="self-start">
          {t('password.button')}
        </Button>
      </form>
    </section>
  );
}
