import type { Agent, Role } from '@deskbell/contract';
import { ask, isProblem } from '../../app/api.ts';
import { useClient } from '../../app/client.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { showToast } from '../../ui/toast.ts';

/** What an admin does to an agent. Each answers whether it was done, and says so; what can be undone offers it. */
export function useChanges() {
  const { t } = useTranslation(['people', 'app']);
  const client = useClient();
  const textOf = useProblemText();

  const failed = (agent: Agent, problem: { code: string; detail: string }) =>
    showToast({
      tone: 'danger',
      title: t('failed', { name: agent.name }),
      description: textOf(problem),
    });

  const giveRole = async (agent: Agent, role: Role): Promise<boolean> => {
    const outcome = await client.send('agent.change-role', { agentId: agent.id, role });
    if ('code' in outcome) failed(agent, outcome);
    return !('code' in outcome);
  };

  return {
    async changeRole(agent: Agent, role: Role): Promise<void> {
      if (!(await giveRole(agent, role))) return;
      showToast({
        tone: 'positive',
        title: t('roleChanged', { name: agent.name, role: t(`app:roles.${role}`) }),
        action: { label: t('undo'), onSelect: () => void giveRole(agent, agent.role) },
      });
    },
    async setCapacity(agent: Agent, capacity: number | null): Promise<boolean> {
      const outcome = await client.send('agent.set-capacity', { agentId: agent.id, capacity });
      if ('code' in outcome) failed(agent, outcome);
      return !('code' in outcome);
    },
    async deactivate(agent: Agent): Promise<boolean> {
      const outcome = await client.send('agent.deactivate', { agentId: agent.id });
      if ('code' in outcome) failed(agent, outcome);
      else showToast({ tone: 'positive', title: t('deactivated', { name: agent.name }) });
      return !('code' in outcome);
    },
    async signOut(agent: Agent): Promise<void> {
      const answer = await ask('DELETE', `/agents/${agent.id}/sessions`);
      if (isProblem(answer)) return failed(agent, answer);
      showToast({ tone: 'positive', title: t('signedOut', { name: agent.name }) });
    },
    async reactivate(agent: Agent): Promise<void> {
      const outcome = await client.send('agent.reactivate', { agentId: agent.id });
      if ('code' in outcome) return failed(agent, outcome);
      showToast({ tone: 'positive', title: t('reactivated', { name: agent.name }) });
    },
  };
}
