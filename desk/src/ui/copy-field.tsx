import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button.tsx';

export interface CopyFieldProps {
  /** What it is, read out before the text. */
  label: string;
  text: string;
  copyLabel: string;
  copiedLabel: string;
  look?: 'primary' | 'plain';
}

const SHOWN_MS = 2_000;

/** Text to be taken elsewhere, with the button that does it. */
export function CopyField({ label, text, copyLabel, copiedLabel, look = 'plain' }: CopyFieldProps) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <div className="flex items-start gap-2 max-sm:flex-col max-sm:items-stretch">
      <textarea
        readOnly
        rows={1}
        spellCheck={false}
        aria-label={label}
        value={text}
        onFocus={({ currentTarget }) => currentTarget.select()}
        className="field-sizing-content min-h-8 w-full min-w-0 flex-1 resize-none wrap-anywhere rounded-md border border-line bg-sunken px-2.5 py-[0.4375rem] font-mono text-ink text-xs"
      />
      <Button
        look={look}
        icon={isCopied ? <Check /> : <Copy />}
        onClick={() => void copy(text).then(setCopied)}
        aria-live="polite"
      >
        {isCopied ? copiedLabel : copyLabel}
      </Button>
    </div>
  );
}

/** Without TLS there is no clipboard API except on localhost; then the old command does it. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

function copySelected(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'sr-only';
  document.body.append(area);
  area.select();
  const isDone = document.execCommand('copy');
  area.remove();
  return isDone;
}
