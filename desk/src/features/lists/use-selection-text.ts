import { useTranslation } from '../../app/use-translation.ts';
import type { Selection } from './selection.ts';
import type { ShownList } from './use-shown-list.ts';

/** How much is selected, in words; `isEvery`: all of a list of which more is to come than is loaded. */
export function useSelectionText(
  selection: Selection,
  shown: ShownList,
): { text: string; isEvery: boolean } {
  const { t, i18n } = useTranslation('lists');
  const { size: count } = selection.ids;
  const isEvery = selection.isAll && shown.hasMore;
  const number = new Intl.NumberFormat(i18n.language).format(count);
  return { text: isEvery ? t('bulk.every') : t('bulk.count', { count, number }), isEvery };
}
