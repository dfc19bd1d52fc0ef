import { colorSchema } from '@deskbell/contract';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../app/use-translation.ts';
import { TextField } from '../../ui/text-field.tsx';

/** White is readable on each of them (at least 4.5 : 1). */
const colors = {
  indigo: '#4f46e5',
  blue: '#1d63d8',
  petrol: '#0e7490',
  green: '#15803d',
  brown: '#8a5a16',
  red: '#c22f2f',
  pink: '#be1f6a',
  violet: '#7c3aed',
  slate: '#334155',
} as const;

interface ColorChoiceProps {
  label: string;
  value: string;
  /** What is said of a text that is none. */
  wrongText: string;
  onChange(color: string): void;
}

export function ColorChoice({ label, value, wrongText, onChange }: ColorChoiceProps) {
  const { t } = useTranslation('settings');
  const names = Object.keys(colors) as (keyof typeof colors)[];
  const isOwn = !names.some((name) => colors[name] === value);
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-sm">{label}</legend>
      <div className="flex flex-wrap items-center gap-1.5">
        {names.map((name) => (
          <label
            key={name}
            className="relative grid size-8 pointer-coarse:size-10 place-items-center rounded-full text-on-accent has-focus-visible:outline-2 has-focus-visible:outline-accent-text has-focus-visible:outline-offset-2"
            style={{ backgroundColor: colors[name] }}
          >
            <input
              type="radio"
              name="color"
              aria-label={t(`colors.${name}`)}
              checked={value === colors[name]}
              onChange={() => onChange(colors[name])}
              className="peer absolute inset-0 appearance-none rounded-full outline-none"
            />
            <Check aria-hidden="true" className="hidden size-4 peer-checked:block" />
          </label>
        ))}
        <label className="relative flex h-8 pointer-coarse:h-10 items-center gap-2 rounded-full border border-line-strong pe-3 ps-1 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent-text has-focus-visible:outline-offset-2">
          <span
            aria-hidden="true"
            className="own-color size-6 rounded-full"
            style={isOwn ? { background: value } : {}}
          />
          {t('colors.own')}
          <input
            type="color"
            value={value}
            onChange={(event) => onChange(event.target.value)}
            className="absolute inset-0 size-full opacity-0"
          />
        </label>
      </div>
      <ColorText label={t('colors.code')} {...{ value, wrongText, onChange }} />
    </fieldset>
  );
}

const BARE = /^[\da-f]{6}$/;

/** The colour as designers hand it over. What is none stays here, with the reason. */
function ColorText({ label, value, wrongText, onChange }: ColorChoiceProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const write = (text: string) => {
    const low = text.trim().toLowerCase();
    const color = BARE.test(low) ? `#${low}` : low;
    const isColor = colorSchema.safeParse(color).success;
    setTyped(isColor ? null : text);
    if (isColor) onChange(color);
  };
  return (
    <div className="mt-3 max-w-40">
      <TextField
        label={label}
        spellCheck={false}
        autoCapitalize="off"
        maxLength={40}
        value={typed ?? value}
        error={typed !== null && wrongText}
        onChange={(event) => write(event.target.value)}
        className="font-mono"
      />
    </div>
  );
}
