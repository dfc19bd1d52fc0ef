import type { NoticeKind } from '@deskbell/contract';

/** What a push says: the service worker that shows it has no texts of its own. */
interface PushTexts {
  title: Record<NoticeKind, (name: string) => string>;
  visitor: string;
  test: { title: string; body: string };
}

const en: PushTexts = {
  title: {
    'new-conversation': (name) => `${name} is waiting`,
    message: (name) => name,
    assigned: (name) => `${name} was assigned to you`,
    invited: (name) => `You were brought in: ${name}`,
    transferred: (name) => `${name} was transferred to your team`,
  },
  visitor: 'Visitor',
  test: { title: 'This is how Deskbell rings', body: 'Notifications reach this device.' },
};

const de: PushTexts = {
  title: {
    'new-conversation': (name) => `${name} wartet`,
    message: (name) => name,
    assigned: (name) => `${name} wurde Ihnen zugewiesen`,
    invited: (name) => `Sie wurden hinzugeholt: ${name}`,
    transferred: (name) => `${name} wurde Ihrem Team übergeben`,
  },
  visitor: 'Besucher',
  test: { title: 'So klingelt Deskbell', body: 'Benachrichtigungen erreichen dieses Gerät.' },
};

const texts: Record<string, PushTexts> = { en, de };

export const textsIn = (language: string): PushTexts => texts[language] ?? en;
