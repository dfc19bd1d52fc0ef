import type { Agent, AgentId } from '@deskbell/contract';
import { AgentAvatar } from '../../app/agent-avatar.tsx';
import { useStore } from '../../app/client.tsx';
import { type Send, useSwitched } from '../../app/use-switched.ts';
import { Switch } from '../../ui/switch.tsx';

interface AgentSwitchesProps {
  memberIds: readonly AgentId[];
  /** What is said when the server refuses. */
  failed: string;
  send: Send<AgentId>;
}

/** Everybody who could belong to something, each switched in or out at once. */
export function AgentSwitches({ memberIds, failed, send }: AgentSwitchesProps) {
  const agents = useStore((store) => store.entities.agents.all());
  const { isOn, change } = useSwitched({ isOn: (id) => memberIds.includes(id), send, failed });
  return (
    <ul className="grid gap-x-8 sm:grid-cols-2">
      {agents
        .filter(({ isActive }) => isActive)
        .map((agent) => (
          <li key={agent.id} className="min-w-0 py-1.5">
            <Switch
              label={<AgentName agent={agent} />}
              isOn={isOn(agent.id)}
              onChange={(next) => void change(agent.id, next)}
            />
          </li>
        ))}
    </ul>
  );
}

export function AgentName({ agent }: { agent: Agent }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <AgentAvatar agentId={agent.id} name={agent.name} size="small" />
      <span title={agent.name} className="min-w-0 truncate">
        {agent.name}
      </span>
    </span>
  );
}
