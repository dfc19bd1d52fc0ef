import type { AgentId, Participant } from '@deskbell/contract';
import { useAgentName } from '../features/contact-panel/use-names.ts';
import { Avatar } from '../ui/avatar.tsx';

/** The further agents in a conversation, as faces with their names. */
export function Participants({
  participants,
  label,
}: {
  participants: readonly Participant[];
  label: string;
}) {
  return (
    <ul aria-label={label} className="flex -space-x-1">
      {participants.map(({ agentId }) => (
        <Face key={agentId} agentId={agentId} />
      ))}
    </ul>
  );
}

function Face({ agentId }: { agentId: AgentId }) {
  const name = useAgentName(agentId);
  return (
    <li title={name} className="rounded-full border-2 border-surface">
      <Avatar id={agentId} name={name} size="tiny" />
      <span className="sr-only">{name}</span>
    </li>
  );
}
