import type { Agent, AgentId } from '@deskbell/contract';
import { Avatar, type AvatarProps } from '../ui/avatar.tsx';
import { useStore } from './client.tsx';

interface AgentAvatarProps extends Pick<AvatarProps, 'size'> {
  agentId: AgentId;
  /** How they are called where nothing is known of them. */
  name: string;
  /** Where it doesn't matter whether they are there. */
  isStateHidden?: boolean;
}

/** An agent's face: their picture, else their initials, with what their switch says. */
export function AgentAvatar({ agentId, name, isStateHidden, ...rest }: AgentAvatarProps) {
  const agent = useStore((store) => store.entities.agents.get(agentId));
  const { picture, state } = faceOf(agent);
  return (
    <Avatar
      id={agentId}
      name={name}
      picture={picture}
      state={isStateHidden ? undefined : state}
      {...rest}
    />
  );
}

/** What an agent's face shows: a picture where they have one; whether they are there, while they may sign in. */
export function faceOf(agent: Agent | undefined): Pick<AvatarProps, 'picture' | 'state'> {
  return {
    picture: pictureAddress(agent?.picture),
    state: agent?.isActive ? agent.availability : undefined,
  };
}

/** Where the server keeps what an agent shows of themselves. */
export function pictureAddress(picture: Agent['picture'] | undefined): string | null {
  return picture ? `/pictures/${picture}` : null;
}
