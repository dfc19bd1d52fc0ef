import type { Conversation, Label, LabelId } from '@deskbell/contract';
import { fold } from '@deskbell/contract/views/search-text';
import { Check, Plus } from 'lucide-react';
import { useState } from 'react';
import { useClient } from '../../app/client.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useSession } from '../../app/session-context.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Palette, type PaletteGroup, type PaletteItem } from '../../ui/palette.tsx';
import { nextColor } from './colors.ts';
import { LabelDot } from './label-chip.tsx';
import { useLabels } from './use-labels.ts';

interface Choice extends PaletteItem {
  /** null: it is to be made first. */
  labelId: LabelId | null;
  isOn: boolean;
}

interface LabelPickerProps {
  conversation: Conversation;
  onClose(): void;
}

/** Puts labels on a conversation and takes them off, one after another; who may makes new ones. */
export default function LabelPicker({ conversation, onClose }: LabelPickerProps) {
  const { t } = useTranslation(['labels', 'app']);
  const client = useClient();
  const problemText = useProblemText();
  const labels = useLabels();
  const [query, setQuery] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const groups = useChoices(conversation, query);
  const make = async () => {
    const made = await client.send('label.create', {
      name: query.trim(),
      color: nextColor(labels),
    });
    return 'code' in made ? made : made.answer.labelId;
  };
  const pick = async ({ labelId, isOn }: Choice) => {
    setProblem(null);
    const picked = labelId ?? (await make());
    if (typeof picked !== 'string') return setProblem(problemText(picked));
    const outcome = await client.send('conversation.label', {
      conversationId: conversation.id,
      ...(isOn ? { remove: [picked] } : { add: [picked] }),
    });
    if ('code' in outcome) setProblem(problemText(outcome));
    else setQuery('');
  };
  return (
    <Palette
      isOpen
      onClose={onClose}
      onClosed={() => undefined}
      label={t('picker.title')}
      closeLabel={t('app:close')}
      placeholder={t('picker.placeholder')}
      query={query}
      onQuery={(next) => {
        setQuery(next);
        setProblem(null);
      }}
      groups={groups}
      onPick={(choice) => void pick(choice)}
      empty={<p>{query === '' ? t('picker.empty') : t('picker.nothing', { query })}</p>}
      below={
        problem && (
          <p role="alert" className="text-danger-text text-sm">
            {problem}
          </p>
        )
      }
    />
  );
}

function useChoices(conversation: Conversation, query: string): PaletteGroup<Choice>[] {
  const { t } = useTranslation('labels');
  const { may } = useSession();
  const labels = useLabels();
  const wanted = query.trim().toLocaleLowerCase();
  const choiceOf = (label: Label): Choice => {
    const isOn = conversation.labelIds.includes(label.id);
    return {
      id: label.id,
      labelId: label.id,
      isOn,
      label: label.name,
      icon: (
        <span className="grid size-4 place-items-center text-accent-text">
          {isOn ? <Check aria-hidden="true" className="size-4" /> : <LabelDot {...label} />}
        </span>
      ),
    };
  };
  const found = labels.filter(({ name }) => fold(name).includes(fold(query)));
  const choices = found.map(choiceOf);
  const isNew = wanted !== '' && labels.every(({ name }) => name.toLocaleLowerCase() !== wanted);
  const making: Choice = {
    id: 'new',
    labelId: null,
    isOn: false,
    label: t('picker.make', { name: query.trim() }),
    icon: <Plus aria-hidden="true" />,
  };
  return [
    { name: t('picker.on'), items: choices.filter(({ isOn }) => isOn) },
    { name: t('picker.others'), items: choices.filter(({ isOn }) => !isOn) },
    { name: t('picker.new'), items: isNew && may.changeSettings ? [making] : [] },
  ].filter(({ items }) => items.length > 0);
}
