import type { Agent } from '@deskbell/contract';
import { ChevronDown } from 'lucide-react';
import { useSession } from '../../app/session-context.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuChoice } from '../../ui/menu.tsx';
import { useChanges } from './use-changes.ts';

/** The role, and where it may be changed the others to choose from. */
export function RoleChoice({ agent, isOpen }: { agent: Agent; isOpen: boolean }) {
  const { t } = useTranslation(['people', 'app']);
  const { may } = useSession();
  const { changeRole } = useChanges();
  const role = t(`app:roles.${agent.role}`);
  if (!isOpen) return <Badge tone={agent.role === 'agent' ? 'neutral' : 'accent'}>{role}</Badge>;
  return (
    <Menu
      align="end"
      trigger={
        <Button
          look="quiet"
          size="small"
          aria-label={t('roleOf', { name: agent.name, role })}
          className="-me-2.5"
        >
          {role}
          <ChevronDown aria-hidden="true" />
        </Button>
      }
    >
      <MenuChoice
        label={t('dialog.role')}
        value={agent.role}
        onChange={(next) => void changeRole(agent, next)}
        options={may.inviteAs.map((value) => ({ value, label: t(`app:roles.${value}`) }))}
      />
    </Menu>
  );
}
