import { CircleAlert } from 'lucide-react';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { isProblem, type Problem } from './api.ts';
import { useProblemText } from './problem-text.ts';
import { useTranslation } from './use-translation.ts';

const fields = ['workspaceName', 'name', 'email', 'present', 'password'] as const;
export type FieldName = (typeof fields)[number];
type Values = Partial<Record<FieldName, string>>;

export interface Form {
  isBusy: boolean;
  /** What went wrong as a whole; what went wrong at a field stands there. */
  problem: Problem | null;
  /** What went wrong, wherever it stands. */
  fault: Problem | null;
  errorAt(field: FieldName): string | undefined;
  props: { noValidate: true; onSubmit(event: FormEvent<HTMLFormElement>): void };
}

/**
 * Sends what stands in a form's fields, read by their names. What is missing is said before anything is
 * sent; the first field at fault gets the focus.
 */
export function useForm(send: (values: Record<FieldName, string>) => Promise<object>): Form {
  const { t } = useTranslation();
  const textOf = useProblemText();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const form = useRef<HTMLFormElement>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    form.current = event.currentTarget;
    const values = Object.fromEntries(new FormData(event.currentTarget)) as Values;
    const fault = faultIn(values);
    if (fault) return show(fault);
    setBusy(true);
    const answer = await send(values as Record<FieldName, string>);
    setBusy(false);
    show(isProblem(answer) ? answer : null);
  };
  const show = (next: Problem | null) => {
    setProblem(next);
    const input = next?.field && form.current?.elements.namedItem(next.field);
    if (input instanceof HTMLElement) input.focus();
  };
  const isAtField = problem?.field !== undefined && isField(problem.field);
  return {
    isBusy,
    problem: isAtField ? null : problem,
    fault: problem,
    errorAt(field) {
      if (problem?.field !== field) return undefined;
      return problem.code === 'invalid' ? t(`fields.${field}`) : textOf(problem);
    },
    props: { noValidate: true, onSubmit: (event) => void submit(event) },
  };
}

/** The first of the fields there are that is empty, or a mail address that can be none. */
export function faultIn(values: Values): Problem | null {
  const isWrong = (field: FieldName) => {
    const value = values[field]?.trim();
    return value !== undefined && (value === '' || (field === 'email' && !/^\S+@\S+$/.test(value)));
  };
  const field = fields.find(isWrong);
  return field ? { code: 'invalid', detail: `${field} is missing`, field } : null;
}

const isField = (name: string): name is FieldName => (fields as readonly string[]).includes(name);

/** What went wrong, above the button; read out at once. */
export function FormProblem({ children }: { children: ReactNode }) {
  return (
    <div
      role="alert"
      className="flex items-start gap-2 rounded-md border border-danger-line bg-danger-soft px-3 py-2 text-danger-text"
    >
      <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
