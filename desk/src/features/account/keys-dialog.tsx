import { RotateCcw } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import {
  chordOf,
  conflictOf,
  keysIn,
  type OwnKeys,
  type Shortcut,
  shortcuts,
  useOwnKeys,
} from '../../app/shortcuts.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Kbd } from '../../ui/kbd.tsx';

interface KeysDialogProps {
  onClose(): void;
  onChange(own: OwnKeys): void;
}

const names = Object.keys(shortcuts) as Shortcut[];
/** These mean something in every field and dialog. */
const fixed: readonly Shortcut[] = ['open', 'back'];

/** Other keys for what the keyboard can do; what is taken already is named. */
export function KeysDialog({ onClose, onChange }: KeysDialogProps) {
  const { t } = useTranslation(['account', 'app']);
  const own = useOwnKeys();
  const [asking, setAsking] = useState<Shortcut | null>(null);
  const [taken, setTaken] = useState<{ of: Shortcut; by: Shortcut } | null>(null);
  const ask = (name: Shortcut | null) => {
    setAsking(name);
    setTaken(null);
  };
  const bind = (name: Shortcut, keys: string) => {
    const by = conflictOf(own, name, keys);
    if (by) return setTaken({ of: name, by });
    onChange(changed(own, name, keys));
    ask(null);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('keys.title')}
      description={t('keys.text')}
      closeLabel={t('app:close')}
      actions={
        <Button
          icon={<RotateCcw />}
          aria-disabled={Object.keys(own).length === 0}
          onClick={() => {
            ask(null);
            onChange({});
          }}
        >
          {t('keys.reset')}
        </Button>
      }
    >
      <ul className="divide-y divide-line">
        {names.map((name) => {
          const label = t(`app:shortcuts.names.${name}`);
          return (
            <li key={name} className="flex min-h-11 flex-wrap items-center gap-x-3 py-1">
              <span className="min-w-0 flex-1">{label}</span>
              {own[name] !== undefined && (
                <IconButton
                  size="small"
                  icon={<RotateCcw />}
                  label={t('keys.resetOne', { name: label })}
                  onClick={() => bind(name, shortcuts[name].keys)}
                />
              )}
              {fixed.includes(name) ? (
                <Kbd keys={keysIn(own, name)} />
              ) : (
                <KeysButton
                  label={t('keys.change', { name: label })}
                  keys={keysIn(own, name)}
                  isAsking={asking === name}
                  onAsk={() => ask(name)}
                  onGiven={(keys) => bind(name, keys)}
                  onLeave={() => ask(null)}
                />
              )}
              {taken?.of === name && (
                <p role="alert" className="w-full text-end text-danger-text text-sm">
                  {t('keys.taken', { name: t(`app:shortcuts.names.${taken.by}`) })}
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}

interface KeysButtonProps {
  label: string;
  keys: string;
  isAsking: boolean;
  onAsk(): void;
  onGiven(keys: string): void;
  onLeave(): void;
}

/** Shows keys; pressed, it listens for others: one, or one with Ctrl or ⌘. */
function KeysButton({ label, keys, isAsking, onAsk, onGiven, onLeave }: KeysButtonProps) {
  const { t } = useTranslation('account');
  const listen = (event: KeyboardEvent) => {
    if (!isAsking || ['Tab', 'Shift', 'Control', 'Meta', 'Alt'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return onLeave();
    onGiven(chordOf(event.nativeEvent));
  };
  return (
    <button
      type="button"
      aria-live="polite"
      onClick={onAsk}
      onKeyDown={listen}
      onBlur={() => isAsking && onLeave()}
      className="flex min-h-8 pointer-coarse:min-h-11 min-w-16 items-center justify-center rounded-md border border-line-field px-2 hover:bg-hover"
    >
      {isAsking ? (
        <span className="text-accent-text text-sm">{t('keys.press')}</span>
      ) : (
        <>
          <span className="sr-only">{label} </span>
          <Kbd keys={keys} />
        </>
      )}
    </button>
  );
}

/** The usual keys need not be kept. */
function changed(own: OwnKeys, name: Shortcut, keys: string): OwnKeys {
  const { [name]: _, ...others } = own;
  return keys === shortcuts[name].keys ? others : { ...others, [name]: keys };
}
