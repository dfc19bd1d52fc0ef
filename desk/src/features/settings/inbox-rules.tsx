import { type Inbox, TEAM_RULES_LIMIT, type TeamRule, widgetLanguages } from '@deskbell/contract';
import { Link } from '@tanstack/react-router';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useStore } from '../../app/client.tsx';
import { useLanguageName } from '../../app/use-language-name.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { moved } from './inbox-form.tsx';
import { SavedMark } from './saved-mark.tsx';
import { useTeamRules } from './use-team-rules.ts';

/** Which team gets what is opened: the first rule that holds. */
export function InboxRules({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation('settings');
  const teams = useStore((store) => store.entities.teams.all());
  const { rules, change, ...saving } = useTeamRules(inbox);
  const [firstTeam] = teams;
  if (!firstTeam && rules.length === 0)
    return (
      <p>
        {t('rules.noTeams')}{' '}
        <Link to="/settings/teams" className="text-accent-text underline">
          {t('members.toTeams')}
        </Link>
      </p>
    );
  return (
    <>
      <ol className="flex flex-col gap-3 empty:hidden">
        {rules.map((rule, index) => (
          <RuleCard
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place
            key={index}
            number={index + 1}
            isLast={index === rules.length - 1}
            {...{ inbox, rule }}
            onChange={(next) => change(rules.with(index, next))}
            onMove={(by) => change(moved(rules, index, by))}
            onRemove={() => change(rules.toSpliced(index, 1))}
          />
        ))}
      </ol>
      <p className="text-muted text-sm">{t('rules.else')}</p>
      <div className="flex flex-wrap items-center gap-3">
        <Button
          icon={<Plus />}
          disabled={!firstTeam || rules.length >= TEAM_RULES_LIMIT}
          onClick={() => firstTeam && change([...rules, { when: {}, teamId: firstTeam.id }])}
        >
          {t('rules.add')}
        </Button>
        <SavedMark draft={saving} />
      </div>
    </>
  );
}

interface RuleCardProps {
  inbox: Inbox;
  rule: TeamRule;
  number: number;
  isLast: boolean;
  onChange(rule: TeamRule): void;
  onMove(by: -1 | 1): void;
  onRemove(): void;
}

function RuleCard({ inbox, rule, number, isLast, onChange, onMove, onRemove }: RuleCardProps) {
  const { t } = useTranslation('settings');
  const nameOf = useLanguageName();
  const teams = useStore((store) => store.entities.teams.all());
  const { when } = rule;
  // Deleted while this was being changed: the browser would show another team as chosen.
  const isTeamGone = !teams.some(({ id }) => id === rule.teamId);
  const options = teams.map(({ id, name }) => ({ value: id as string, label: name }));
  const set = (part: Partial<TeamRule['when']>) =>
    onChange({ ...rule, when: named({ ...when, ...part }) });
  return (
    <li
      aria-label={t('rules.rule', { number })}
      className="flex flex-col gap-3 rounded-xl border border-line p-3.5"
    >
      <div className="flex items-center gap-1">
        <p className="min-w-0 flex-1 font-medium text-sm">{t('rules.rule', { number })}</p>
        <IconButton
          label={t('rules.up', { number })}
          icon={<ArrowUp />}
          disabled={number === 1}
          onClick={() => onMove(-1)}
        />
        <IconButton
          label={t('rules.down', { number })}
          icon={<ArrowDown />}
          disabled={isLast}
          onClick={() => onMove(1)}
        />
        <IconButton label={t('rules.remove', { number })} icon={<Trash2 />} onClick={onRemove} />
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={t('rules.page')}
          placeholder="/checkout"
          maxLength={200}
          value={when.pageContains ?? ''}
          onChange={({ target }) => set({ pageContains: target.value || undefined })}
        />
        <SelectField
          label={t('rules.language')}
          value={when.language ?? ''}
          options={[
            { value: '', label: t('rules.any') },
            ...widgetLanguages.map((value) => ({ value, label: nameOf(value) })),
          ]}
          onChange={({ target }) =>
            set({ language: widgetLanguages.find((each) => each === target.value) })
          }
        />
        <AnswerCondition {...{ inbox, when, set }} />
      </div>
      <SelectField
        label={t('rules.team')}
        value={isTeamGone ? '' : rule.teamId}
        options={isTeamGone ? [{ value: '', label: '' }, ...options] : options}
        error={isTeamGone && t('rules.teamGone')}
        onChange={({ target }) =>
          target.value && onChange({ ...rule, teamId: target.value as TeamRule['teamId'] })
        }
      />
    </li>
  );
}

interface ConditionProps {
  inbox: Inbox;
  when: TeamRule['when'];
  set(part: Partial<TeamRule['when']>): void;
}

/** What was answered to one of the inbox's own questions. */
function AnswerCondition({ inbox: { preChat }, when: { answer }, set }: ConditionProps) {
  const { t } = useTranslation('settings');
  if (preChat.fields.length === 0 && !answer) return null;
  const field = preChat.fields.find(({ key }) => key === answer?.key);
  const nameOf = ({ label, key }: (typeof preChat.fields)[number]) => label.en || label.de || key;
  const options = (field?.options ?? []).map((value) => ({ value, label: value }));
  const put = (value: string) => set({ answer: { key: answer?.key ?? '', value } });
  return (
    <>
      <SelectField
        label={t('rules.question')}
        value={answer?.key ?? ''}
        options={[
          { value: '', label: t('rules.any') },
          ...preChat.fields.map((each) => ({ value: each.key, label: nameOf(each) })),
        ]}
        onChange={({ target }) => {
          const chosen = preChat.fields.find(({ key }) => key === target.value);
          const value = chosen?.options[0] ?? '';
          set({ answer: chosen ? { key: chosen.key, value } : undefined });
        }}
      />
      {answer && options.length > 0 && (
        <SelectField
          label={t('rules.is')}
          value={answer.value}
          options={options}
          onChange={({ target }) => put(target.value)}
        />
      )}
      {answer && options.length === 0 && (
        <TextField
          label={t('rules.is')}
          maxLength={500}
          value={answer.value}
          onChange={({ target }) => put(target.value)}
        />
      )}
    </>
  );
}

/** Without what is there and undefined. */
const named = (when: { [Key in keyof TeamRule['when']]: TeamRule['when'][Key] | undefined }) =>
  Object.fromEntries(
    Object.entries(when).filter(([, value]) => value !== undefined),
  ) as TeamRule['when'];
