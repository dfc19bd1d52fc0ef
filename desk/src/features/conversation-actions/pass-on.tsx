import {
  type Agent,
  type AgentId,
  type Conversation,
  isIn,
  sees,
  sightOf,
} from '@deskbell/contract';
import { type KeyboardEvent, useRef, useState } from 'react';
import { AgentAvatar } from '../../app/agent-avatar.tsx';
import { useStore } from '../../app/client.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useAsked } from '../../app/use-asked.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Palette, type PaletteItem } from '../../ui/palette.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { showToast } from '../../ui/toast.ts';
import type { ConversationActions } from './use-actions.ts';
import { isLike, type TeamChoice, useTeamChoices } from './use-team-choices.tsx';

interface Choice extends PaletteItem {
  to: { agentId: Agent['id']; isForced?: true } | TeamChoice['to'];
}

interface PassOnProps {
  actions: ConversationActions;
  what: 'assign' | 'invite';
}

/** Who gets a conversation, an agent or a team, or is brought in: found by name, with what each has open. */
export default function PassOn({ actions, what }: PassOnProps) {
  const { t } = useTranslation(['conversation', 'app']);
  const problemText = useProblemText();
  const [query, setQuery] = useState('');
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  /** Picked by force, and not yet said why. */
  const [unexplained, setUnexplained] = useState<Choice | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const agents = useChoices(actions, what, query);
  const teams = useTeamChoices(actions.conversationId, query);
  const groups: { name: string; items: Choice[] }[] =
    what === 'assign' && teams.items.length > 0 ? [...agents, teams] : agents;
  const pick = async (choice: Choice) => {
    const { to, label } = choice;
    const text = note.trim();
    if ('isForced' in to && text === '') {
      setUnexplained(choice);
      field.current?.focus();
      return;
    }
    const refusal = await actions.answer({ ...to, ...(text !== '' && { note: text }) });
    if (refusal)
      setProblem(refusal.code === 'not-found' ? t('passOn.former') : problemText(refusal));
    // Who passes it on to a team may not see it any more.
    else if ('teamId' in to)
      showToast({ tone: 'positive', title: t('passOn.passed', { name: label }) });
  };
  const explain = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    if (!unexplained) return;
    event.preventDefault();
    void pick(unexplained);
  };
  return (
    <Palette
      isOpen
      onClose={() => void actions.answer(null)}
      onClosed={() => undefined}
      label={t(`passOn.${what}`)}
      closeLabel={t('app:close')}
      placeholder={t(`passOn.${what}`)}
      query={query}
      onQuery={(next) => {
        setQuery(next);
        setProblem(null);
        setUnexplained(null);
      }}
      groups={groups}
      onPick={(choice) => void pick(choice)}
      empty={<p>{t(query === '' ? 'passOn.nobody' : 'passOn.nothing', { query })}</p>}
      below={
        <>
          {problem && (
            <p role="alert" className="pb-2 text-danger-text text-sm">
              {problem}
            </p>
          )}
          {what === 'assign' && (
            <Textarea
              ref={field}
              label={t('passOn.note')}
              error={unexplained && t('passOn.reasonNeeded', { name: unexplained.label })}
              onKeyDown={explain}
              placeholder={t('passOn.notePlaceholder')}
              value={note}
              onChange={({ target }) => setNote(target.value)}
              className="min-h-9! border-notice-line! bg-notice-soft!"
              rows={1}
            />
          )}
        </>
      }
    />
  );
}

function useMe() {
  const me = useStore((store) => store.me);
  return { id: me?.id, isSupervisor: me !== null && me.role !== 'agent' };
}

function useChoices(actions: ConversationActions, what: PassOnProps['what'], query: string) {
  const { t, i18n } = useTranslation('conversation');
  const me = useMe();
  const conversation = useStore((store) =>
    store.entities.conversations.get(actions.conversationId),
  );
  const agents = useStore((store) => store.entities.agents.all());
  const settings = useStore((store) => store.entities.workspaces.all()[0]?.settings);
  const inboxes = useStore((store) => store.entities.inboxes.all());
  const teams = useStore((store) => store.entities.teams.all());
  const { answer } = useAsked<{ loads: Record<string, number> }>('/agents/loads');
  const compare = new Intl.Collator(i18n.language).compare;
  const detailOf = ({ availability }: Agent, isFull: boolean, burden: string) => {
    if (what === 'assign' && availability !== 'online') return t('passOn.gone');
    if (!isFull) return burden;
    return t(me.isSupervisor ? 'passOn.force' : 'passOn.full', { burden });
  };
  const choiceOf = (agent: Agent): Choice => {
    const load = answer?.loads[agent.id] ?? 0;
    const most = agent.capacity ?? settings?.capacity ?? 0;
    const isFull = what === 'assign' && answer !== null && load >= most;
    const burden = answer === null ? '' : t('passOn.burden', { load, most });
    return {
      id: agent.id,
      to: { agentId: agent.id, ...(isFull && me.isSupervisor && { isForced: true as const }) },
      label: agent.id === me.id ? t('passOn.myself') : agent.name,
      detail: detailOf(agent, isFull, burden),
      icon: <AgentAvatar agentId={agent.id} name={agent.name} size="tiny" />,
    };
  };
  // nobody is offered to whom it may not go.
  const mayGet = (agent: Agent) =>
    agent.id === me.id || settings?.transferTargets !== 'own-teams'
      ? conversation !== undefined && sees(sightOf(agent, { inboxes, teams }), conversation)
      : false;
  const found = agents
    .filter((agent) => agent.isActive && isCandidate(agent, conversation, what) && mayGet(agent))
    .filter(({ name }) => isLike(name, query))
    .sort((left, right) => compare(left.name, right.name));
  const isHere = ({ availability }: Agent) => availability === 'online';
  const here = useSteady(found.filter(isHere), query);
  const away = found.filter((agent) => !here.includes(agent.id) && !isHere(agent));
  const offered = here.flatMap((id) => agents.find((agent) => agent.id === id) ?? []);
  return [
    { name: t('passOn.online'), items: offered.map(choiceOf) },
    // Nobody is given what they can't see coming; whoever is brought in may come later.
    { name: t('passOn.offline'), items: what === 'invite' ? away.map(choiceOf) : [] },
  ].filter(({ items }) => items.length > 0);
}

/** While one chooses, nobody moves under the pointer or goes from the keys: who comes stands below, who has gone is refused where they stand. */
function useSteady(agents: readonly Agent[], query: string): readonly AgentId[] {
  const [held, setHeld] = useState<{ query: string; ids: readonly AgentId[] }>({ query, ids: [] });
  const before = held.query === query ? held.ids : [];
  const come = agents.map(({ id }) => id).filter((id) => !before.includes(id));
  const ids = come.length === 0 ? before : [...before, ...come];
  if (held.query !== query || come.length > 0) setHeld({ query, ids });
  return ids;
}

/** Not who has it, nor who is in it already where they are to be brought in. */
function isCandidate(
  { id }: Agent,
  conversation: Conversation | undefined,
  what: PassOnProps['what'],
): boolean {
  if (!conversation) return false;
  return what === 'assign' ? conversation.assigneeId !== id : !isIn(conversation, id);
}
