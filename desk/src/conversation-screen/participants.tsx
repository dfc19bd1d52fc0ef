import type { AgentId, Participant } from '@deskbell/contract';
import { AgentAvatar } from '../app/agent-avatar.tsx';
import { useAgentName } from '../features/contact-panel/use-names.ts';

/** The further agents in a conversation, as faces with their names. */
export function Participants({
  participants,
  label,
}: {
  participants: readonly Participant[];
  label: string;
}) {
  return (
    <ul aria-label={label} className="flex shrink-0 -space-x-1">
      {participants.map(({ agentId }) => (
        <Face key={agentId} agentId={agentId} />
      ))}
    </ul>
  );
}

function Face({ agentId }: { agentId: AgentId }) {
  const name = useAgentName(agentId);
  return (
    <li title={name} className="flex rounded-full ring-2 ring-surface">
      <AgentAvatar agentId={agentId} name={name} size="tiny" />
      <span className="sr-only">{name}</span>
    </li>
  );
}
