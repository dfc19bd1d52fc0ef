import { LANGUAGES_LIMIT } from '@deskbell/contract';
import { X } from 'lucide-react';
import { useMe } from '../../app/session-context.tsx';
import { useLanguageName } from '../../app/use-language-name.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { SelectField } from '../../ui/select-field.tsx';

/** Those most spoken and written with customers; sign languages among them. */
const tags =
  'ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gsw gu he hi hr hu hy id is it ja ka kk km kn ko ku lb lt lv mk ml mn mr ms mt my nb ne nl nn pa pl ps pt pt-BR ro ru si sk sl so sq sr sv sw ta te th tr uk ur uz vi yue zh zh-Hant zu ase bfi gsg'.split(
    ' ',
  );

interface LanguagesProps {
  onChange(languages: string[]): void;
}

/** The languages one speaks, the best first. */
export function Languages({ onChange }: LanguagesProps) {
  const { t, i18n } = useTranslation('account');
  const { languages } = useMe();
  const nameOf = useLanguageName();
  const free = tags
    .filter((tag) => !languages.includes(tag))
    .map((tag) => ({ value: tag, label: nameOf(tag) }))
    // One that this browser has no name for would be a riddle.
    .filter(({ value, label }) => label.toLowerCase() !== value.toLowerCase())
    .sort((one, other) => one.label.localeCompare(other.label, i18n.language));
  return (
    <div className="flex flex-col gap-2">
      <SelectField
        label={t('languages.label')}
        hint={t('languages.hint')}
        value=""
        disabled={languages.length >= LANGUAGES_LIMIT}
        options={[{ value: '', label: t('languages.add') }, ...free]}
        onChange={({ target }) => target.value && onChange([...languages, target.value])}
      />
      <ul aria-label={t('languages.label')} className="flex flex-wrap gap-1.5 empty:hidden">
        {languages.map((tag) => (
          <li
            key={tag}
            className="flex h-7 pointer-coarse:h-10 items-center gap-0.5 rounded-full border border-line bg-sunken ps-3 pe-0.5 text-sm"
          >
            {nameOf(tag)}
            <button
              type="button"
              aria-label={t('languages.remove', { name: nameOf(tag) })}
              onClick={() => onChange(languages.filter((each) => each !== tag))}
              className="grid size-6 pointer-coarse:size-10 place-items-center rounded-full text-faint hover:bg-hover hover:text-ink"
            >
              <X aria-hidden="true" className="size-3.5" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
