import type { Preferences } from '@deskbell/contract';
import { showToast } from '../ui/toast.ts';
import { keepPreference } from './preferences.ts';
import { useProblemText } from './problem-text.ts';

/** Keeps a choice for all devices; what the server says against it is told. */
export function useKeepPreference(): (change: Preferences) => void {
  const textOf = useProblemText();
  const keep = async (change: Preferences) => {
    const problem = await keepPreference(change);
    if (problem) showToast({ tone: 'danger', title: textOf(problem) });
  };
  return (change) => void keep(change);
}
