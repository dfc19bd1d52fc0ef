import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';
import { useForm } from './form.tsx';
import { useProblemText } from './problem-text.ts';

interface NameFormProps {
  label: string;
  placeholder: string;
  button: string;
  /** Makes it. What comes back with a `code` is told at the field. */
  send(name: string): Promise<object>;
}

/** Something new needs a name and nothing else. */
export function NameForm({ label, placeholder, button, send }: NameFormProps) {
  const textOf = useProblemText();
  const form = useForm(({ name }) => send(name.trim()));
  const error = form.errorAt('name') ?? (form.problem ? textOf(form.problem) : undefined);
  return (
    <form {...form.props} className="flex flex-col gap-4">
      <TextField name="name" {...{ label, placeholder, error }} maxLength={120} />
      <Button type="submit" look="primary" isBusy={form.isBusy} className="self-end">
        {button}
      </Button>
    </form>
  );
}
