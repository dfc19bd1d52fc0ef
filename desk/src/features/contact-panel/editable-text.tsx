import { Pencil } from 'lucide-react';
import { Fragment, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from '../../app/use-translation.ts';
import { fieldClasses, fieldHeights } from '../../ui/text-field.tsx';

interface EditableTextProps {
  label: string;
  value: string | null;
  /** What stands there while there is nothing. */
  emptyLabel: string;
  type: 'text' | 'email' | 'tel';
  /** Resolves with what is wrong with it, or null once it is kept. */
  onSave(value: string | null): Promise<string | null>;
}

/** A value that becomes a field when it is pressed. Enter or leaving keeps it, Escape gives it up. */
export function EditableText({ label, value, emptyLabel, type, onSave }: EditableTextProps) {
  const { t } = useTranslation('contactPanel');
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  // Shown as given until the server's own word is here.
  const [pending, setPending] = useState<string | null | undefined>(undefined);
  const [error, setError] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const isEditing = draft !== null;
  useEffect(() => {
    if (isEditing) input.current?.select();
  }, [isEditing]);

  const end = (takesFocus: boolean) => {
    setDraft(null);
    setError(null);
    if (takesFocus) requestAnimationFrame(() => button.current?.focus());
  };
  const save = async (takesFocus: boolean) => {
    const next = draft?.trim() || null;
    if (next === value) return end(takesFocus);
    setPending(next);
    const problem = await onSave(next);
    setPending(undefined);
    if (problem === null) return end(takesFocus);
    setError(problem);
    input.current?.focus();
  };

  if (!isEditing || pending !== undefined) {
    const shown = pending === undefined ? value : pending;
    return (
      <button
        ref={button}
        type="button"
        aria-label={t('edit', { what: label, value: shown ?? emptyLabel })}
        onClick={() => setDraft(value ?? '')}
        className="group relative -mx-2 flex min-h-8 w-[calc(100%+1rem)] items-center rounded-md px-2 py-1 text-start hover:bg-hover pointer-coarse:min-h-11 pointer-coarse:pe-8"
      >
        <span
          className={
            shown === null ? 'text-faint' : 'own-direction wrap-anywhere line-clamp-2 min-w-0'
          }
        >
          {shown === null ? emptyLabel : <Breaking text={shown} />}
        </span>
        <Pencil
          aria-hidden="true"
          className="absolute end-1 size-5.5 rounded-sm bg-sunken p-1 text-faint opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100 pointer-coarse:opacity-100"
        />
      </button>
    );
  }
  return (
    <div>
      <input
        ref={input}
        type={type}
        aria-label={label}
        aria-invalid={error !== null}
        aria-describedby={error ? `${id}-error` : undefined}
        autoComplete="off"
        value={draft}
        onChange={({ target }) => setDraft(target.value)}
        onBlur={() => error === null && void save(false)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void save(true);
          else if (event.key === 'Escape') end(true);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
        className={`${fieldClasses} ${fieldHeights.medium}`}
      />
      {error && (
        <p id={`${id}-error`} role="alert" className="mt-1 text-danger-text text-xs">
          {error}
        </p>
      )}
    </div>
  );
}

/** A long address breaks where it has a joint, not in the midst of a word. */
function Breaking({ text }: { text: string }) {
  return text.split(/(?=[@.])/).map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
