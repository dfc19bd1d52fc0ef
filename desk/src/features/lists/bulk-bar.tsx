import type { BulkAction, BulkChoice, ConversationId } from '@deskbell/contract';
import { Check, Flag, FlagOff, Tag, UserRoundPlus, X } from 'lucide-react';
import { useState } from 'react';
import { AgentAvatar } from '../../app/agent-avatar.tsx';
import { useClient, useStore } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { Progress } from '../../ui/progress.tsx';
import { needsReason } from '../conversation-actions/available-actions.ts';
import { ReasonDialog } from '../conversation-actions/reason-dialog.tsx';
import { LabelDot } from '../labels/label-chip.tsx';
import { useLabels } from '../labels/use-labels.ts';
import type { Selection } from './selection.ts';
import type { Bulk } from './use-bulk.ts';
import { useSelectionText } from './use-selection-text.ts';
import type { ShownList } from './use-shown-list.ts';

interface BulkBarProps {
  selection: Selection;
  shown: ShownList;
  bulk: Bulk;
}

/** In place of search and filters as long as something is selected: what can be done to all of it. */
export function BulkBar({ selection, shown, bulk }: BulkBarProps) {
  const { t } = useTranslation('lists');
  const { store } = useClient();
  const [isAsking, setAsking] = useState(false);
  const { text, isEvery } = useSelectionText(selection, shown);
  const act = (action: BulkAction) => {
    const { list, sort, filter, search } = shown.query;
    const choice: BulkChoice = isEvery
      ? { list, sort, filter: filter as never, search }
      : { conversationIds: [...selection.ids] };
    const begun = bulk.begin(action, choice);
    void begun.then((isBegun) => isBegun && selection.clear());
    return begun;
  };
  // a supervisor closes what others have, and says why.
  const isByForce = () => {
    const { me } = store;
    if (me === null || me.role === 'agent') return false;
    const isOthers = (id: ConversationId) => {
      const conversation = store.entities.conversations.get(id);
      return conversation !== undefined && needsReason(conversation, me.id);
    };
    return isEvery || [...selection.ids].some(isOthers);
  };
  const close = () => (isByForce() ? setAsking(true) : void act({ do: 'close' }));
  return (
    <div
      role="toolbar"
      aria-label={t('bulk.toolbar')}
      className="mb-2 flex h-10 pointer-coarse:h-13 items-center gap-0.5 bg-selected ps-3 pe-2"
    >
      <span className="min-w-0 flex-1 truncate font-medium text-sm">{text}</span>
      <AssignMenu act={act} />
      <IconButton
        label={t('bulk.close')}
        icon={<Check aria-hidden="true" />}
        tooltipSide="bottom"
        onClick={close}
      />
      <IconButton
        label={t('bulk.flag')}
        icon={<Flag aria-hidden="true" />}
        tooltipSide="bottom"
        onClick={() => act({ do: 'flag' })}
      />
      <IconButton
        label={t('bulk.unflag')}
        icon={<FlagOff aria-hidden="true" />}
        tooltipSide="bottom"
        onClick={() => act({ do: 'unflag' })}
      />
      <LabelMenu act={act} />
      <IconButton
        label={t('bulk.clear')}
        icon={<X aria-hidden="true" />}
        shortcut="escape"
        tooltipSide="bottom"
        onClick={selection.clear}
      />
      {isAsking && (
        <ReasonDialog
          title={t('bulk.force')}
          description={t('bulk.forceText')}
          keep={t('bulk.forceKeep')}
          isBusy={false}
          onClose={() => setAsking(false)}
          onReason={async (reason) => {
            // What is refused is told by the list.
            await act({ do: 'close', reason });
            setAsking(false);
            return null;
          }}
        />
      )}
    </div>
  );
}

function AssignMenu({ act }: { act(action: BulkAction): unknown }) {
  const { t, i18n } = useTranslation('lists');
  const { compare } = new Intl.Collator(i18n.language, { numeric: true });
  const agents = useStore((store) => store.entities.agents.all());
  const here = agents
    .filter((agent) => agent.isActive && agent.availability === 'online')
    .sort((left, right) => compare(left.name, right.name));
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={t('bulk.assign')} icon={<UserRoundPlus />} tooltipSide="bottom" />
      }
    >
      {here.map((agent) => (
        <MenuItem
          key={agent.id}
          icon={<AgentAvatar agentId={agent.id} name={agent.name} size="tiny" />}
          onSelect={() => act({ do: 'assign', agentId: agent.id })}
        >
          {agent.name}
        </MenuItem>
      ))}
      {here.length > 0 && <MenuSeparator />}
      <MenuItem icon={<X aria-hidden="true" />} onSelect={() => act({ do: 'unassign' })}>
        {t('bulk.unassign')}
      </MenuItem>
    </Menu>
  );
}

function LabelMenu({ act }: { act(action: BulkAction): unknown }) {
  const { t } = useTranslation('lists');
  const labels = useLabels();
  if (labels.length === 0) return null;
  return (
    <Menu
      align="end"
      trigger={<IconButton label={t('bulk.label')} icon={<Tag />} tooltipSide="bottom" />}
    >
      {labels.map(({ id, name, color }) => (
        <MenuItem
          key={id}
          icon={<LabelDot color={color} />}
          onSelect={() => act({ do: 'label', labelId: id })}
        >
          {t('bulk.putOn', { name })}
        </MenuItem>
      ))}
      <MenuSeparator />
      {labels.map(({ id, name, color }) => (
        <MenuItem
          key={id}
          icon={<LabelDot color={color} />}
          onSelect={() => act({ do: 'unlabel', labelId: id })}
        >
          {t('bulk.takeOff', { name })}
        </MenuItem>
      ))}
    </Menu>
  );
}

/** How far it is, and the way to stop it. */
export function BulkProgress({ bulk: { job, stop } }: { bulk: Bulk }) {
  const { t, i18n } = useTranslation('lists');
  const [isStopping, setStopping] = useState(false);
  if (job === null) return null;
  const taken = job.done + Object.values(job.refused).reduce((sum, count) => sum + count, 0);
  const number = (value: number) => new Intl.NumberFormat(i18n.language).format(value);
  const isUndo = job.undoOf !== null;
  const label = t(isUndo ? 'bulk.progressBack' : 'bulk.progress', {
    done: number(taken),
    total: number(job.total),
  });
  const onStop = async () => {
    setStopping(true);
    await stop(job);
    setStopping(false);
  };
  return (
    <div className="px-3 pb-2">
      <div className="flex min-h-7 items-center gap-2 pb-1">
        <p className="min-w-0 flex-1 text-muted text-xs tabular-nums">{label}</p>
        {!isUndo && (
          <Button size="small" isBusy={isStopping} onClick={() => void onStop()}>
            {t('bulk.stop')}
          </Button>
        )}
      </div>
      <Progress label={label} value={job.total === 0 ? 1 : taken / job.total} />
    </div>
  );
}
