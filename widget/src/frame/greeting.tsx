import type { Site } from '@deskbell/contract';
import { Avatar } from './avatar.tsx';
import { ownWords, usualAnswer } from './header.tsx';
import { Markdown } from './markdown-view.tsx';
import { useChat } from './use-chat.ts';

/** Before the first word: what the inbox says to whoever comes. */
export function Greeting({ site }: { site: Site }) {
  const chat = useChat();
  const { words } = chat.language;
  const own = ownWords(chat, site);
  const usual = usualAnswer(chat, site);
  return (
    <div class="scroll greeting">
      <Avatar name={site.name} />
      <p class="hello">{own.heading || words.hello}</p>
      <div class="first-words">
        <Markdown
          text={own.firstWords || site.greeting || words.firstWords}
          opensElsewhere={words.opensElsewhere}
        />
      </div>
      {!site.isOnline && own.offline && <p class="usual">{own.offline}</p>}
      {usual && <p class="usual">{usual}</p>}
    </div>
  );
}
