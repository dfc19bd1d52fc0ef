import type { Conversation } from '@deskbell/contract';
import { useKeysOf } from '../../app/shortcuts.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { useAgentName } from '../contact-panel/use-names.ts';
import {
  actionIcons,
  type ConversationActions,
  shortcutOf,
} from '../conversation-actions/index.tsx';

interface ComposerOfferProps {
  conversation: Conversation;
  action: 'accept' | 'join' | 'reopen';
  actions: ConversationActions;
}

/** Says why one can't write here, and offers what changes that. */
export function ComposerOffer({ conversation, action, actions }: ComposerOfferProps) {
  const keysOf = useKeysOf();
  const { t } = useTranslation('conversation');
  const name = useAgentName(conversation.assigneeId);
  return (
    <div className="mx-auto w-full max-w-200 px-4 pb-4">
      <div className="flex flex-wrap items-center justify-between gap-3 rounded-xl border border-line bg-sunken px-4 py-3">
        <p className="min-w-0 flex-1 text-muted">{t(`composer.offers.${action}`, { name })}</p>
        <Button
          look={action === 'accept' ? 'positive' : 'primary'}
          icon={actionIcons[action]}
          isBusy={actions.busy === action}
          onClick={() => actions.act(action)}
        >
          {t(`actions.${action}`)}
        </Button>
        <span className="max-md:hidden">
          <Kbd keys={keysOf(shortcutOf[action])} />
        </span>
      </div>
    </div>
  );
}
