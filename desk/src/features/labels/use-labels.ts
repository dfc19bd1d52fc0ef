import type { Label, LabelId } from '@deskbell/contract';
import { useMemo } from 'react';
import { useStore } from '../../app/client.tsx';
import { isolated } from '../../app/isolated.ts';
import { useTranslation } from '../../app/use-translation.ts';

/** the labels that can be put on, by name. Deleted ones are not among them. */
export function useLabels(): readonly Label[] {
  const { i18n } = useTranslation();
  const all = useStore((store) => store.entities.labels.all());
  return inForce(all, i18n.language);
}

/** The labels on something, by name; what is unknown or deleted is none. */
export function useLabelsOf(labelIds: readonly LabelId[]): readonly Label[] {
  const labels = useLabels();
  return useMemo(() => labels.filter(({ id }) => labelIds.includes(id)), [labels, labelIds]);
}

/** How these labels are called, in one phrase, deleted ones too: what was done then was done with them. */
export function useLabelNames(labelIds: readonly LabelId[]): string {
  const { t, i18n } = useTranslation('labels');
  const all = useStore((store) => store.entities.labels.all());
  const names = labelIds.map((labelId) => all.find(({ id }) => id === labelId)?.name);
  return new Intl.ListFormat(i18n.language).format(
    names.map((name) => isolated(name ?? t('former'))),
  );
}

let sorted: { of: readonly Label[]; language: string; labels: readonly Label[] } | undefined;

/** Sorted once for all who ask: each card of a list does. */
function inForce(of: readonly Label[], language: string): readonly Label[] {
  if (sorted?.of === of && sorted.language === language) return sorted.labels;
  const { compare } = new Intl.Collator(language, { numeric: true });
  const labels = of.filter(({ isDeleted }) => !isDeleted).sort((a, b) => compare(a.name, b.name));
  sorted = { of, language, labels };
  return labels;
}
