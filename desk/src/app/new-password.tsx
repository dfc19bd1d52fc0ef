import { useEffect, useEffectEvent, useState } from 'react';
import { classes } from '../ui/classes.ts';
import { PasswordField } from '../ui/text-field.tsx';
import { ask, isProblem } from './api.ts';
import { useTranslation } from './use-translation.ts';

interface NewPasswordProps {
  label?: string;
  size?: 'medium' | 'large';
  error?: string | undefined;
  /** The error stands however strong the password is. */
  isFinal?: boolean;
  /** What a guesser would know: name, mail address, workspace. */
  about(): string[];
}

interface Strength {
  score: 0 | 1 | 2 | 3 | 4;
  isEnough: boolean;
}

/** How long one pauses between letters before the server is asked, in ms. */
const PAUSE_MS = 250;

/** A password to be chosen, with the server's word on how hard it is to guess. */
export function NewPassword({
  label,
  size = 'large',
  error,
  isFinal = false,
  about,
}: NewPasswordProps) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const strength = useStrength(password, about);
  const shownError = strength?.isEnough && !isFinal ? undefined : error;
  return (
    <div>
      <PasswordField
        label={label ?? t('password.label')}
        name="password"
        size={size}
        autoComplete="new-password"
        showLabel={t('password.show')}
        hideLabel={t('password.hide')}
        error={shownError}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Meter strength={password === '' ? null : strength} isMute={shownError !== undefined} />
    </div>
  );
}

const colors = ['bg-danger', 'bg-danger', 'bg-notice', 'bg-positive', 'bg-positive'] as const;

/** `isMute`: an error above says it already. */
function Meter({ strength, isMute }: { strength: Strength | null; isMute: boolean }) {
  const { t } = useTranslation();
  const filled = strength ? Math.max(1, strength.score) : 0;
  return (
    <div className="mt-2">
      <div aria-hidden="true" className="flex gap-1">
        {[1, 2, 3, 4].map((step) => (
          <span
            key={step}
            className={classes(
              'h-1 flex-1 rounded-full transition-colors',
              strength && step <= filled ? colors[strength.score] : 'bg-pressed',
            )}
          />
        ))}
      </div>
      <p aria-live="polite" className="mt-1 text-muted text-sm empty:hidden">
        {!isMute && (strength ? t(`password.strength.${strength.score}`) : t('password.hint'))}
      </p>
    </div>
  );
}

function useStrength(password: string, about: () => string[]): Strength | null {
  const [strength, setStrength] = useState<Strength | null>(null);
  const rate = useEffectEvent(() =>
    ask<Strength>('POST', '/password-strength', { password, about: about().filter(Boolean) }),
  );
  useEffect(() => {
    if (password === '') return setStrength(null);
    let isStale = false;
    const timer = setTimeout(async () => {
      const answer = await rate();
      if (!isStale && !isProblem(answer)) setStrength(answer);
    }, PAUSE_MS);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [password]);
  return strength;
}
