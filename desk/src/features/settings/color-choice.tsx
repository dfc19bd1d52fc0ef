import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';

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
  onChange(color: string): void;
}

export function ColorChoice({ label, value, onChange }: ColorChoiceProps) {
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
            className="relative grid size-8 place-items-center rounded-full text-on-accent has-focus-visible:outline-2 has-focus-visible:outline-accent-text has-focus-visible:outline-offset-2"
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
        <label className="relative flex h-8 items-center gap-2 rounded-full border border-line-strong pe-3 ps-1 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent-text has-focus-visible:outline-offset-2">
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
    </fieldset>
  );
}
