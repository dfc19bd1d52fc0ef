import type { NoticeKind } from '@deskbell/contract';
import type { TFunction } from 'i18next';
import { contactName } from '../contact-panel/contact-name.ts';

interface Told {
  kind: NoticeKind;
  contactId: string | null;
  contactName: string | null;
}

/** Whom a notification is about. */
export function nameOf({ contactId, contactName: name }: Told, t: TFunction<'notifications'>) {
  return contactName({ name, email: null }, contactId ?? '', (tag) => t('visitor', { tag }));
}

/** What happened, in one line. */
export const titleOf = (told: Told, t: TFunction<'notifications'>) =>
  t(`titles.${told.kind}`, { name: nameOf(told, t) });
