import { useStore } from '../../app/client.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { useAgentName } from '../contact-panel/use-names.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import type { ConversationActions } from './use-actions.ts';

/** closes what somebody else has, and says why to whoever reads the timeline. */
export default function CloseByForce({ actions }: { actions: ConversationActions }) {
  const { t } = useTranslation('conversation');
  const problemText = useProblemText();
  const conversation = useStore((store) =>
    store.entities.conversations.get(actions.conversationId),
  );
  const name = useAgentName(conversation?.assigneeId);
  return (
    <ReasonDialog
      title={t('force.title')}
      description={t('force.text', { name })}
      keep={t('force.keep')}
      isBusy={actions.busy === 'close'}
      onClose={() => void actions.answer(null)}
      onReason={async (reason) => {
        const refusal = await actions.answer({ reason });
        return refusal && problemText(refusal);
      }}
    />
  );
}
