import { useState } from 'react';
import { FormProblem } from './form.tsx';
import { useProblemText } from './problem-text.ts';
import type { Asked } from './use-asked.ts';
import { useTranslation } from './use-translation.ts';

/** In the place of what could not be had: why, and the way to ask again. Nothing while all is well. */
export function AskedProblem({ asked: { problem, again } }: { asked: Asked<object> }) {
  const { t } = useTranslation();
  const textOf = useProblemText();
  const [isAsking, setAsking] = useState(false);
  if (!problem) return null;
  const retry = async () => {
    setAsking(true);
    await again();
    setAsking(false);
  };
  return (
    <FormProblem>
      {textOf(problem)}{' '}
      <button
        type="button"
        disabled={isAsking}
        onClick={() => void retry()}
        className="rounded-sm font-medium underline underline-offset-2 disabled:opacity-60"
      >
        {t('failed.again')}
      </button>
    </FormProblem>
  );
}
