import type {
  PreChat as Asked,
  FieldKind,
  OpeningInput,
  Site,
  WidgetLanguage,
} from '@deskbell/contract';
import type { Chat } from './chat.ts';
import { useChat } from './use-chat.ts';

/** What was answered waits here, through a reload, for the first message. */
const KEPT = 'opening';
/** The page on which the chat was opened, as the loader says it; as long as the contract takes it. */
const host = location.hash.slice(1, 501);

/** Somebody who has never written here is asked first. */
export function isToAnswer({ page, client: { store } }: Chat, site: Site | null): boolean {
  const { conversation, items } = store.view;
  return !!site?.preChat && !conversation && items.length === 0 && !page.kept.has(KEPT);
}

/** What the server is told with the message that opens a conversation. */
export function openingFor({ page, language }: Chat): OpeningInput {
  const given = JSON.parse(page.kept.get(KEPT) ?? '{}') as OpeningInput;
  return { page: host, language: language.locale, ...given };
}

export const forgetAnswers = ({ page }: Chat) => {
  if (page.kept.has(KEPT)) page.keep(KEPT, null);
};

/** What a browser may fill in, and what it checks. The server's rules are the contract's. */
const inputs: Record<Exclude<FieldKind, 'choice'>, object> = {
  name: { autocomplete: 'name', maxLength: 120 },
  email: { type: 'email', autocomplete: 'email', maxLength: 254, pattern: '.+@.+\\.[A-Za-z]{2,}' },
  phone: { type: 'tel', autocomplete: 'tel', pattern: '[+\\d][\\d\\s\\(\\)\\/.\\-]{3,31}' },
  text: { maxLength: 500 },
};

/** The questions before the first message. What is missing the browser says, in its own words. */
export function PreChat({ asked, onDone }: { asked: Asked; onDone(): void }) {
  const { language, page } = useChat();
  const { words } = language;
  const { consent } = asked;
  const say = (texts: Record<WidgetLanguage, string>) =>
    texts[language.name] || texts.en || texts.de;
  const submit = (event: Event) => {
    event.preventDefault();
    const given = [...new FormData(event.currentTarget as HTMLFormElement)];
    page.keep(KEPT, JSON.stringify({ answers: Object.fromEntries(given), isAgreed: !!consent }));
    onDone();
  };
  return (
    <form class="sheet asked" onSubmit={submit}>
      {asked.fields.map(({ key, kind, label, options, isRequired }) => (
        <div key={key}>
          <label for={`ask-${key}`}>
            <bdi>{say(label) || key}</bdi>
            {!isRequired && ` (${words.optional})`}
          </label>
          {kind === 'choice' ? (
            <select id={`ask-${key}`} name={key} required={isRequired}>
              <option value="">…</option>
              {options.map((option) => (
                <option key={option}>{option}</option>
              ))}
            </select>
          ) : (
            <input
              pattern=".*\S.*"
              {...inputs[kind]}
              id={`ask-${key}`}
              name={key}
              required={isRequired}
            />
          )}
        </div>
      ))}
      {consent && (
        <label class="consent">
          <input type="checkbox" required />
          <span>
            <bdi>{say(consent.text)}</bdi>{' '}
            {consent.link && (
              <a href={consent.link} target="_blank" rel="noopener noreferrer">
                {words.readMore}
              </a>
            )}
          </span>
        </label>
      )}
      <div class="sheet-actions">
        <button type="submit" class="button start">
          {words.start}
        </button>
      </div>
    </form>
  );
}
