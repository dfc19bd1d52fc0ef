import type { AuditEntry, Role } from '@deskbell/contract';
import type { en } from '../../app/texts/en.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { type PlacedKey, placedKeys } from '../settings/catalogue.ts';
import { useSettingText } from '../settings/setting-text.ts';

/** One value that was changed, in words; null: there was or is none. */
export interface SaidChange {
  field: string;
  before: string | null;
  after: string | null;
  /** There was nothing that could have been another: it has just been made. */
  isFirst: boolean;
  /** A colour is shown besides. */
  isColor: boolean;
}

export interface Say {
  who(entry: AuditEntry): string;
  /** What they did, to be read after their name. */
  what(entry: AuditEntry): string;
  changes(entry: AuditEntry): SaidChange[];
}

export type AuditField = keyof (typeof en)['audit']['fields'];
const COLOR = /^#[0-9a-f]{6}$/i;
const roles: readonly string[] = ['owner', 'admin', 'supervisor', 'agent'] satisfies Role[];

/** Puts the audit log into words of the reader's language. What a later release wrote is shown as it is. */
export function useSay(): Say {
  const { t, i18n } = useTranslation(['audit', 'settings', 'app']);
  const settingText = useSettingText();
  const isSetting = (field: string): field is PlacedKey =>
    (placedKeys as readonly string[]).includes(field);

  const fieldOf = (entry: AuditEntry, field: string): string => {
    if (entry.what === 'workspace.settings-changed' && isSetting(field))
      return t(`settings:setting.${field}.name`);
    const path = field.replace(/^look\.texts\.(en|de)\./, 'texts.');
    const language = /^look\.texts\.(en|de)\./.exec(field)?.[1] as 'en' | 'de' | undefined;
    const key = path.replaceAll('.', '-') as AuditField;
    const name = i18n.exists(`audit:fields.${key}`) ? t(`fields.${key}`) : field;
    return language
      ? t('inLanguage', { name, language: t(`settings:choices.defaultLanguage.${language}`) })
      : name;
  };

  const chosen = (field: string, value: unknown): string | null => {
    if (field === 'role' && roles.includes(String(value))) return t(`app:roles.${value as Role}`);
    if (field === 'look.distance') return t('settings:look.pixels', { count: Number(value) });
    const choice = `${field.replaceAll('.', '-')}-${value}` as 'look-position-end';
    return i18n.exists(`audit:values.${choice}`) ? t(`values.${choice}`) : null;
  };

  const valueText = (entry: AuditEntry, field: string, value: unknown): string | null => {
    if (isNothing(value)) return null;
    if (entry.what === 'workspace.settings-changed' && isSetting(field))
      return settingText(field, value);
    if (typeof value === 'boolean') return t(value ? 'values.yes' : 'values.no');
    if (Array.isArray(value))
      return value.some((item) => typeof item === 'object')
        ? t('values.items', { count: value.length })
        : value.join(', ');
    if (typeof value === 'object') return t('values.some');
    return chosen(field, value) ?? String(value);
  };

  return {
    who: ({ by, what, subject }) => {
      // Whoever follows an invitation is let in by the system.
      if (what === 'agent.added') return subject.name;
      return by.kind === 'agent' ? by.name : t('system');
    },
    what: (entry) => {
      const { subject, whom } = entry;
      const names = {
        subject: subject.name || t('anybody'),
        whom: whom?.name ?? t('somebody'),
      };
      const isOwn = entry.by.kind === 'agent' && entry.by.id === subject.id;
      const own = `what.own.${entry.what}`;
      if (isOwn && i18n.exists(`audit:${own}`)) return t(own as 'what.agent.added', names);
      const key = `what.${entry.what}` as 'what.agent.added';
      return i18n.exists(`audit:${key}`) ? t(key, names) : entry.what;
    },
    changes: (entry) =>
      entry.changes.map((change) => ({
        field: fieldOf(entry, change.field),
        before: valueText(entry, change.field, change.before),
        after: valueText(entry, change.field, change.after),
        isFirst: change.before === undefined,
        isColor: COLOR.test(String(change.after)) || COLOR.test(String(change.before)),
      })),
  };
}

const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0);
