import {
  type FieldKind,
  fieldKinds,
  type PreChat,
  type PreChatField,
  preChatLimits,
  widgetLanguages,
} from '@deskbell/contract';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useLanguageName } from '../../app/use-language-name.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import type { InboxDraft } from './use-inbox-draft.ts';

/** What the widget asks before the first message. */
export function InboxForm({ draft }: { draft: InboxDraft }) {
  const { t } = useTranslation('settings');
  const { preChat } = draft.inbox;
  const change = (part: Partial<PreChat>) => draft.change({ preChat: { ...preChat, ...part } });
  const { fields } = preChat;
  const put = (index: number, field: PreChatField) => change({ fields: fields.with(index, field) });
  return (
    <>
      <Switch
        label={t('form.enabled')}
        hint={t('form.enabledHint')}
        isOn={preChat.isEnabled}
        onChange={(isEnabled) =>
          change({ isEnabled, ...(isEnabled && fields.length === 0 && { fields: firstFields }) })
        }
      />
      {preChat.isEnabled && (
        <>
          <ul className="flex flex-col gap-3">
            {fields.map((field, index) => (
              <FieldCard
                key={field.key}
                field={field}
                place={{ isFirst: index === 0, isLast: index === fields.length - 1 }}
                onChange={(next) => put(index, next)}
                onMove={(by) => change({ fields: moved(fields, index, by) })}
                onRemove={() => change({ fields: fields.toSpliced(index, 1) })}
              />
            ))}
          </ul>
          <Button
            icon={<Plus />}
            className="self-start"
            disabled={fields.length >= preChatLimits.fields}
            onClick={() => change({ fields: [...fields, newField(fields, 'text')] })}
          >
            {t('form.add')}
          </Button>
          <Consent draft={draft} onChange={(consent) => change({ consent })} />
        </>
      )}
    </>
  );
}

interface FieldCardProps {
  field: PreChatField;
  place: { isFirst: boolean; isLast: boolean };
  onChange(field: PreChatField): void;
  onMove(by: -1 | 1): void;
  onRemove(): void;
}

function FieldCard({ field, place, onChange, onMove, onRemove }: FieldCardProps) {
  const { t } = useTranslation('settings');
  const nameOf = useLanguageName();
  const name = field.label.en || field.label.de || t(`form.kinds.${field.kind}`);
  return (
    <li aria-label={name} className="flex flex-col gap-3 rounded-xl border border-line p-3.5">
      <div className="flex items-end gap-1">
        <div className="min-w-0 flex-1">
          <SelectField
            label={t('form.kind')}
            value={field.kind}
            options={fieldKinds.map((value) => ({ value, label: t(`form.kinds.${value}`) }))}
            onChange={({ target }) => onChange({ ...field, kind: target.value as FieldKind })}
          />
        </div>
        <IconButton
          label={t('form.up', { name })}
          icon={<ArrowUp />}
          disabled={place.isFirst}
          onClick={() => onMove(-1)}
        />
        <IconButton
          label={t('form.down', { name })}
          icon={<ArrowDown />}
          disabled={place.isLast}
          onClick={() => onMove(1)}
        />
        <IconButton label={t('form.remove', { name })} icon={<Trash2 />} onClick={onRemove} />
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        {widgetLanguages.map((language) => (
          <TextField
            key={language}
            label={t('form.label', { language: nameOf(language) })}
            lang={language}
            maxLength={preChatLimits.label}
            value={field.label[language]}
            onChange={({ target }) =>
              onChange({ ...field, label: { ...field.label, [language]: target.value } })
            }
          />
        ))}
      </div>
      {field.kind === 'choice' && <Options field={field} onChange={onChange} />}
      <Switch
        label={t('form.required')}
        isOn={field.isRequired}
        onChange={(isRequired) => onChange({ ...field, isRequired })}
      />
    </li>
  );
}

/** One to a line, as they are typed. */
function Options({ field, onChange }: Pick<FieldCardProps, 'field' | 'onChange'>) {
  const { t } = useTranslation('settings');
  const [typed, setTyped] = useState(field.options.join('\n'));
  return (
    <Textarea
      label={t('form.options')}
      hint={t('form.optionsHint', { count: preChatLimits.options })}
      error={field.options.length === 0 && t('form.noOptions')}
      value={typed}
      onChange={({ target }) => {
        setTyped(target.value);
        const options = target.value
          .split('\n')
          .map((line) => line.trim().slice(0, preChatLimits.option))
          .filter(Boolean);
        onChange({ ...field, options: [...new Set(options)].slice(0, preChatLimits.options) });
      }}
    />
  );
}

interface ConsentProps {
  draft: InboxDraft;
  onChange(consent: PreChat['consent']): void;
}

function Consent({ draft, onChange }: ConsentProps) {
  const { t } = useTranslation('settings');
  const nameOf = useLanguageName();
  const { consent } = draft.inbox.preChat;
  return (
    <section className="flex flex-col gap-3">
      <Switch
        label={t('form.consent')}
        hint={t('form.consentHint')}
        isOn={consent !== null}
        onChange={(isOn) => onChange(isOn ? firstConsent : null)}
      />
      {consent && (
        <>
          {widgetLanguages.map((language) => (
            <Textarea
              key={language}
              label={t('form.consentText', { language: nameOf(language) })}
              lang={language}
              maxLength={preChatLimits.consent}
              value={consent.text[language]}
              onChange={({ target }) =>
                onChange({ ...consent, text: { ...consent.text, [language]: target.value } })
              }
            />
          ))}
          <TextField
            label={t('form.link')}
            inputMode="url"
            placeholder="https://shop.example/privacy"
            value={consent.link}
            error={draft.isWrong('preChat.consent.link') && t('form.linkWrong')}
            onChange={({ target }) => onChange({ ...consent, link: target.value.trim() })}
          />
        </>
      )}
    </section>
  );
}

const labels = {
  name: { en: 'Name', de: 'Name' },
  email: { en: 'Email', de: 'E-Mail-Adresse' },
} as const;
/** What most ask, to begin with. */
const firstFields: PreChatField[] = (['name', 'email'] as const).map((kind) => ({
  ...{ key: kind, kind, label: labels[kind], options: [] },
  isRequired: kind === 'email',
}));
const firstConsent: NonNullable<PreChat['consent']> = {
  text: {
    en: 'I agree that what I write is kept to answer me.',
    de: 'Ich bin einverstanden, dass meine Angaben gespeichert werden, um mir zu antworten.',
  },
  link: '',
};

/** A key that none of them has; it never shows, and answers are kept by it. */
function newField(fields: readonly PreChatField[], kind: FieldKind): PreChatField {
  const taken = new Set(fields.map(({ key }) => key));
  let number = fields.length + 1;
  while (taken.has(`field-${number}`)) number += 1;
  return {
    ...{ key: `field-${number}`, kind, options: [], isRequired: false },
    label: { en: '', de: '' },
  };
}

export function moved<Item>(items: readonly Item[], index: number, by: -1 | 1): Item[] {
  const item = items[index];
  return item === undefined ? [...items] : items.toSpliced(index, 1).toSpliced(index + by, 0, item);
}
