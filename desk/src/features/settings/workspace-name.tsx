import { nameSchema } from '@deskbell/contract';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from '../../app/use-translation.ts';
import { fieldClasses, fieldHeights } from '../../ui/text-field.tsx';
import { Row } from './setting-row.tsx';
import { StateLine } from './state-line.tsx';
import { useWorkspaceValue } from './use-workspace-value.ts';

/** What the workspace is called; saved by Enter or when one leaves the field. */
export function WorkspaceName({ isSought }: { isSought: boolean }) {
  const { t } = useTranslation('settings');
  const name = useWorkspaceValue<string>(
    { kind: 'workspace.change', name: 'name' },
    (workspace) => workspace.name,
    (value) => t('save.now', { name: t('name.name'), value }),
  );
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const id = useId();
  const finish = () => {
    if (typed === null) return;
    const read = nameSchema.safeParse(typed);
    if (!read.success) return setError(t('name.wrong'));
    setTyped(null);
    name.save(read.data);
  };
  // Who leaves the page while typing has meant it.
  const latest = useRef(finish);
  latest.current = finish;
  useEffect(() => () => latest.current(), []);
  return (
    <Row
      id="name"
      name={t('name.name')}
      hint={t('name.hint')}
      hintId={`${id}-hint`}
      isSought={isSought}
    >
      <input
        type="text"
        autoComplete="off"
        aria-label={t('name.name')}
        aria-describedby={`${id}-hint ${id}-state`}
        aria-invalid={error !== null}
        value={typed ?? name.value}
        onChange={({ target }) => {
          setTyped(target.value);
          if (nameSchema.safeParse(target.value).success) setError(null);
        }}
        onBlur={finish}
        onKeyDown={(event) => event.key === 'Enter' && finish()}
        className={`${fieldClasses} ${fieldHeights.medium}`}
      />
      <div id={`${id}-state`}>
        <StateLine wrong={error ?? name.problem} state={name.state} />
      </div>
    </Row>
  );
}
