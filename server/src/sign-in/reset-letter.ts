export const mailLanguages = ['en', 'de'] as const;
export type MailLanguage = (typeof mailLanguages)[number];

const texts: Record<MailLanguage, { subject: string; lines(url: string): string[] }> = {
  en: {
    subject: 'A new password for Deskbell',
    lines: (url) => [
      'Somebody, probably you, has asked for a new password for this email address.',
      'Choose it here within an hour:',
      url,
      'You will be signed out everywhere. If it was not you, do nothing: your password stays as it is.',
    ],
  },
  de: {
    subject: 'Ein neues Passwort für Deskbell',
    lines: (url) => [
      'Jemand, vermutlich Sie, hat für diese E-Mail-Adresse ein neues Passwort angefordert.',
      'Wählen Sie es hier innerhalb einer Stunde:',
      url,
      'Sie werden dann überall abgemeldet. Waren Sie es nicht, tun Sie nichts: Ihr Passwort bleibt, wie es ist.',
    ],
  },
};

/** What is mailed to who has forgotten their password. */
export function resetLetter({ url, language }: { url: string; language: MailLanguage }) {
  const { subject, lines } = texts[language];
  return { subject, text: `${lines(url).join('\n\n')}\n` };
}
