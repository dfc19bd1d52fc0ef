import type { AgentFace, Site, WidgetTexts } from '@deskbell/contract';
import type { Place } from './app.tsx';
import { Avatar } from './avatar.tsx';
import type { Chat } from './chat.ts';
import { Icon } from './icons.tsx';
import { Menu } from './menu.tsx';
import { useChat, useStore } from './use-chat.ts';

interface HeaderProps {
  place: Place;
  go(place: Place): void;
  onEnd(): void;
}

export function Header({ place, go, onEnd }: HeaderProps) {
  const chat = useChat();
  const { words } = chat.language;
  const close = () => chat.page.tell({ t: 'close' });
  return (
    <header class="head">
      {place.name === 'chat' ? (
        <WhoAnswers />
      ) : (
        <>
          <button
            type="button"
            class="tool"
            aria-label={place.name === 'history' ? words.back : words.history}
            onClick={() => go({ name: place.name === 'earlier' ? 'history' : 'chat' })}
          >
            <Icon name="back" />
          </button>
          <h1 class="head-title">{words.history}</h1>
        </>
      )}
      <Menu
        onHistory={() => go({ name: 'history' })}
        onEnd={onEnd}
        isInChat={place.name === 'chat'}
      />
      {!chat.page.isHosted && (
        <button
          type="button"
          class="tool"
          aria-label={words.close}
          title={words.close}
          onClick={close}
        >
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}

/** What the inbox says in its own words, empty where it has none. */
export const ownWords = ({ language }: Chat, { look }: Site): WidgetTexts =>
  look.texts[language.name];

/** null while nobody knows. */
export const usualAnswer = ({ language, times }: Chat, { usualAnswerMs }: Site): string | null =>
  usualAnswerMs === null ? null : language.words.usually(times.length(usualAnswerMs));

function WhoAnswers() {
  const chat = useChat();
  const { words } = chat.language;
  const { site, view, agents } = useStore(chat);
  if (!site) return <div class="who" aria-busy="true" />;
  const { conversation } = view;
  const face: AgentFace | undefined =
    conversation?.status !== 'closed' && conversation?.assigneeId
      ? agents.get(conversation.assigneeId)
      : undefined;
  const name = face?.name ?? site.name;
  const usual = conversation ? usualAnswer(chat, site) : null;
  const isSomebodyThere = site.isOnline ? words.online : ownWords(chat, site).offline || words.away;
  return (
    <div class="who">
      <Avatar name={name} picture={face?.picture} isOnline={site.isOnline} />
      <div class="who-text">
        <h1 class="head-title" title={name}>
          {name}
        </h1>
        <p class="head-line">{face ? words.contactAt(site.name) : (usual ?? isSomebodyThere)}</p>
      </div>
    </div>
  );
}
