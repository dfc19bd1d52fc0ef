import { useNavigate } from '@tanstack/react-router';
import { showToast } from '../ui/toast.ts';
import { useProblemText } from './problem-text.ts';
import { signOut } from './session.ts';

/** Ends the session and leads to the sign-in; says so where the server could not be asked. */
export function useSignOut(): (conversations?: 'keep' | 'queue') => Promise<void> {
  const navigate = useNavigate();
  const textOf = useProblemText();
  return async (conversations) => {
    const problem = await signOut(conversations);
    if (problem) return showToast({ tone: 'danger', title: textOf(problem) });
    await navigate({ to: '/sign-in' });
  };
}
