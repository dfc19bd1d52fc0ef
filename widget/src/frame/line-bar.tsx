import { Icon } from './icons.tsx';
import { useChat, useIsDown, useStore } from './use-chat.ts';

/** Says what is wrong with the line, and nothing while all is well. */
export function LineBar() {
  const chat = useChat();
  const { words } = chat.language;
  useStore(chat);
  const isDown = useIsDown(chat);
  const { state } = chat.client;
  const text = whatIsWrong();
  return (
    <div role="status" class={text ? 'line-bar' : 'unseen'}>
      {text && (
        <>
          <Icon name="alert" />
          <span>{text}</span>
        </>
      )}
    </div>
  );

  function whatIsWrong(): string {
    if (state.name !== 'stopped') {
      if (isDown) return words.offline;
      return chat.page.isKept ? '' : words.forgetful;
    }
    return state.reason === 'protocol' ? words.reload : words.gone;
  }
}
