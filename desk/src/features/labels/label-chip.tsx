import type { Label, LabelId } from '@deskbell/contract';
import { isolated } from '../../app/isolated.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { classes } from '../../ui/classes.ts';
import { useLabelsOf } from './use-labels.ts';

/** A label as it stands on things: its colour as a dot, so that the word is readable on any ground. */
export function LabelChip({ label, className }: { label: Label; className?: string }) {
  return (
    <span
      title={label.name}
      className={classes(
        'inline-flex h-5 min-w-10 max-w-36 items-center gap-1.5 rounded-full border border-line bg-surface px-1.5 text-2xs text-ink',
        className,
      )}
    >
      <LabelDot color={label.color} />
      <span className="truncate">{label.name}</span>
    </span>
  );
}

export function LabelDot({ color }: { color: string }) {
  return (
    <span
      aria-hidden="true"
      className="size-2 shrink-0 rounded-full forced-color-adjust-none"
      style={{ backgroundColor: color }}
    />
  );
}

interface LabelChipsProps {
  labelIds: readonly LabelId[];
  /** So many in words, the rest as a number. */
  most: number;
  className?: string;
}

/** The labels of a conversation in one line; nothing where it has none. */
export function LabelChips({ labelIds, most, className }: LabelChipsProps) {
  const labels = useLabelsOf(labelIds);
  if (labels.length === 0) return null;
  const rest = labels.slice(most).map(({ name }) => isolated(name));
  return (
    <span className={classes('inline-flex min-w-0 items-center gap-1', className)}>
      {labels.slice(0, most).map((label) => (
        <LabelChip key={label.id} label={label} />
      ))}
      {rest.length > 0 && <More names={rest} />}
    </span>
  );
}

function More({ names }: { names: readonly string[] }) {
  const { t, i18n } = useTranslation('labels');
  const inOne = new Intl.ListFormat(i18n.language).format(names);
  return (
    <span title={inOne} className="shrink-0 text-2xs text-muted tabular-nums">
      <span aria-hidden="true">+{names.length}</span>
      <span className="sr-only">{t('more', { count: names.length, names: inOne })}</span>
    </span>
  );
}
