import { nameSchema, SIGNATURE_LIMIT } from '@deskbell/contract';
import { Check } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { AskedProblem } from '../../app/asked-problem.tsx';
import { useClient } from '../../app/client.tsx';
import { FormProblem } from '../../app/form.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useMe } from '../../app/session-context.tsx';
import { useAsked } from '../../app/use-asked.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { TextField } from '../../ui/text-field.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { Languages } from './languages.tsx';
import { OwnPicture } from './picture.tsx';

const PAUSE_MS = 600;

/** What colleagues and contacts see of one; it saves itself. */
export function Profile() {
  const { t } = useTranslation(['account', 'app']);
  const me = useMe();
  const { save, problem, isSaved } = useSaving();
  const asked = useAsked<{ signature: string }>('/me/profile');
  return (
    <section aria-labelledby="profile" className="mb-10">
      <header className="mb-3 flex items-end gap-4">
        <div className="min-w-0 flex-1">
          <h2 id="profile" className="font-semibold">
            {t('profile.title')}
          </h2>
          <p className="text-muted text-sm">{t('profile.text')}</p>
        </div>
        <p role="status" className="flex items-center gap-1.5 text-muted text-sm">
          {isSaved && (
            <>
              <Check aria-hidden="true" className="size-4 text-positive-text" />
              {t('saved')}
            </>
          )}
        </p>
      </header>
      <div className="flex flex-col gap-5">
        <OwnPicture />
        {problem && <FormProblem>{problem}</FormProblem>}
        <Name
          key={me.id}
          saved={me.name}
          onChange={(name) => void save('agent.rename', { name })}
        />
        <Languages onChange={(languages) => void save('agent.change-profile', { languages })} />
        <AskedProblem asked={asked} />
        {asked.answer && (
          <Signature
            saved={asked.answer.signature}
            onChange={(signature) => void save('agent.change-profile', { signature })}
          />
        )}
      </div>
    </section>
  );
}

interface TextProps {
  saved: string;
  onChange(text: string): void;
}

function Name({ saved, onChange }: TextProps) {
  const { t } = useTranslation(['account', 'app']);
  const [name, setName] = useState(saved);
  const isWrong = !nameSchema.safeParse(name).success;
  useAfterPause(name, saved, () => !isWrong && onChange(name));
  return (
    <TextField
      label={t('profile.name')}
      autoComplete="name"
      value={name}
      error={isWrong && t('app:fields.name')}
      onChange={(event) => setName(event.target.value)}
    />
  );
}

function Signature({ saved, onChange }: TextProps) {
  const { t } = useTranslation('account');
  const [text, setText] = useState(saved);
  const over = text.length - SIGNATURE_LIMIT;
  useAfterPause(text, saved, () => over <= 0 && onChange(text));
  return (
    <Textarea
      label={t('profile.signature')}
      hint={t('profile.signatureHint')}
      error={over > 0 && t('profile.tooLong', { count: over })}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

/** Saves what was typed after a pause, and at once when one goes. */
function useAfterPause(value: string, saved: string, save: () => void): void {
  const [kept, setKept] = useState(saved);
  const keep = useEffectEvent(() => {
    if (value === kept) return;
    setKept(value);
    save();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the pause begins anew with each letter
  useEffect(() => {
    const timer = setTimeout(keep, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  useEffect(() => () => keep(), []);
}

function useSaving() {
  const client = useClient();
  const textOf = useProblemText();
  const [state, setState] = useState<{ isSaved: boolean; problem: string | null }>({
    isSaved: false,
    problem: null,
  });
  const save: typeof client.send = async (kind, input) => {
    const outcome = await client.send(kind, input);
    const isRefused = 'code' in outcome;
    setState({ isSaved: !isRefused, problem: isRefused ? textOf(outcome) : null });
    return outcome;
  };
  return { ...state, save };
}
