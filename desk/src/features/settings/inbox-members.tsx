import type { Agent, AgentId, Inbox } from '@deskbell/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useStore } from '../../app/client.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Switch } from '../../ui/switch.tsx';
import { showToast } from '../../ui/toast.ts';

/** Who serves the inbox; shown at once as it was switched, taken back if the server refuses. */
export function InboxMembers({ inbox, mayChange }: { inbox: Inbox; mayChange: boolean }) {
  const agents = useStore((store) => store.entities.agents.all());
  const { isMember, change } = useMembership(inbox);
  return (
    <ul className="-my-1 grid gap-x-8 sm:grid-cols-2">
      {agents
        .filter((agent) => agent.isActive && (mayChange || isMember(agent.id)))
        .map((agent) => (
          <li key={agent.id} className="min-w-0 py-1.5">
            {mayChange ? (
              <Switch
                label={<Name agent={agent} />}
                isOn={isMember(agent.id)}
                onChange={(isOn) => void change(agent, isOn)}
              />
            ) : (
              <Name agent={agent} />
            )}
          </li>
        ))}
    </ul>
  );
}

function Name({ agent }: { agent: Agent }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Avatar id={agent.id} name={agent.name} size="small" />
      <span title={agent.name} className="min-w-0 truncate">
        {agent.name}
      </span>
    </span>
  );
}

function useMembership(inbox: Inbox) {
  const { t } = useTranslation('settings');
  const client = useClient();
  const textOf = useProblemText();
  const [wanted, setWanted] = useState<ReadonlyMap<AgentId, boolean>>(new Map());
  const change = async (agent: Agent, isOn: boolean) => {
    setWanted((before) => new Map(before).set(agent.id, isOn));
    const kind = isOn ? 'inbox.add-member' : 'inbox.remove-member';
    const outcome = await client.send(kind, { inboxId: inbox.id, agentId: agent.id });
    setWanted((before) => new Map([...before].filter(([id]) => id !== agent.id)));
    if ('code' in outcome)
      showToast({
        tone: 'danger',
        title: t('members.failed', { name: agent.name }),
        description: textOf(outcome),
      });
  };
  return {
    isMember: (id: AgentId) => wanted.get(id) ?? inbox.memberIds.includes(id),
    change,
  };
}
