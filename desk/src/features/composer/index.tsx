import type { ConversationId } from '@deskbell/contract';
import { useState } from 'react';
import { useStore } from '../../app/client.tsx';
import { type ConversationActions, composerState } from '../conversation-actions/index.tsx';
import { ComposerField } from './composer-field.tsx';
import { ComposerOffer } from './composer-offer.tsx';

interface ComposerProps {
  conversationId: ConversationId;
  actions: ConversationActions;
}

/** Where one writes; for who isn't in the conversation, the way in. */
export function Composer({ conversationId, actions }: ComposerProps) {
  const conversation = useStore((store) => store.entities.conversations.get(conversationId));
  const meId = useStore((store) => store.me?.id);
  const state = conversation && meId ? composerState(conversation, meId) : null;
  const [first, setFirst] = useState(state);
  if (first === null && state !== null) setFirst(state);
  if (!conversation || state === null) return <div className="h-28 shrink-0" />;
  if (state !== 'writes') return <ComposerOffer {...{ conversation, actions }} action={state} />;
  return (
    <ComposerField
      key={conversationId}
      conversation={conversation}
      // Whoever has just come in wants to write.
      takesFocus={first !== 'writes'}
    />
  );
}
