import type { ConversationId } from '@deskbell/contract';
import type { Typist } from '@deskbell/sdk';
import { useStore } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { useAgentName, useContactName } from '../contact-panel/use-names.ts';

/** Who is typing; its line is kept free, so that nothing moves when somebody begins. */
export function TypingLine({ conversationId }: { conversationId: ConversationId }) {
  const { t } = useTranslation('conversation');
  const meId = useStore((store) => store.me?.id);
  const all = useStore((store) => store.typing(conversationId));
  const typists = all.filter(({ id }) => id !== meId);
  const [first] = typists;
  return (
    <div
      role="status"
      className="mx-auto flex h-5 w-full max-w-200 shrink-0 items-center px-4 text-muted text-xs"
    >
      {first && typists.length === 1 && <OneTypes typist={first} />}
      {typists.length > 1 && (
        <>
          <Dots /> {t('typing.several', { count: typists.length })}
        </>
      )}
    </div>
  );
}

function OneTypes({ typist }: { typist: Typist }) {
  const { t } = useTranslation('conversation');
  const contact = useContactName(typist.kind === 'contact' ? typist.id : undefined);
  const agent = useAgentName(typist.kind === 'agent' ? typist.id : undefined);
  return (
    <>
      <Dots />{' '}
      <span className="truncate">
        {t('typing.one', { name: typist.kind === 'contact' ? contact : agent })}
      </span>
    </>
  );
}

function Dots() {
  return (
    <span aria-hidden="true" className="typing-dots me-2 inline-flex gap-0.75">
      <span />
      <span />
      <span />
    </span>
  );
}
