import type { BulkAction, BulkChoice, BulkJob } from '@deskbell/contract';
import { useEffect, useState } from 'react';
import { ask, isProblem, type Problem } from '../../app/api.ts';
import { useClient, useStore } from '../../app/client.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { showToast } from '../../ui/toast.ts';
import { Followed, shownJob, tabStorage } from './bulk-jobs.ts';

type Asked = { job: BulkJob } | Problem;

export interface Bulk {
  /** The one that is being done. */
  job: BulkJob | null;
  begin(action: BulkAction, conversations: BulkChoice): Promise<boolean>;
  /** Stops what goes on, and takes back what it did. */
  stop(job: BulkJob): Promise<boolean>;
}

/**
 * Jobs on many conversations: begun, watched to their end, told, and taken back. How far they are
 * comes over the stream to every desk of the agent, whichever began them; they go on without us.
 */
export function useBulk(): Bulk {
  const client = useClient();
  const jobs = useStore((store) => store.entities.bulkJobs.all());
  const [followed] = useState(() => new Followed(tabStorage()));
  const tell = useTelling();
  const take = (answer: Asked): boolean => {
    if (isProblem(answer)) {
      tell.problem(answer);
      return false;
    }
    followed.add(answer.job.id);
    // The stream may have been quicker, and have brought its end already: the newer state stays.
    client.store.put({ bulkJobs: [answer.job] });
    tellEnded(client.store.entities.bulkJobs.all());
    return true;
  };
  const takeBack = async ({ id }: BulkJob) =>
    take(await ask<{ job: BulkJob }>('POST', `/bulk-jobs/${id}/undo`));
  const undo = (done: BulkJob) => void takeBack(done);
  const tellEnded = (all: readonly BulkJob[]) => {
    for (const job of followed.ended(all)) tell.finished(job, undo);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when the jobs are other ones
  useEffect(() => tellEnded(jobs), [jobs]);
  return {
    job: shownJob(jobs),
    begin: async (action, conversations) =>
      take(await ask<{ job: BulkJob }>('POST', '/bulk-jobs', { action, conversations })),
    stop: takeBack,
  };
}

function useTelling() {
  const { t } = useTranslation('lists');
  const problemText = useProblemText();
  const reasons = (job: BulkJob) =>
    Object.entries(job.refused)
      .map(([code, count]) => `${count} × ${problemText({ code, detail: code })}`)
      .join(' · ');
  return {
    problem: (problem: Problem) =>
      showToast({
        tone: 'danger',
        title: problem.code === 'not-found' ? t('bulk.gone') : problemText(problem),
      }),
    finished(job: BulkJob, undo: (job: BulkJob) => void) {
      const refused = job.total - job.done;
      const what = job.undoOf === null ? job.action.do : 'undone';
      showToast({
        tone: refused === 0 ? 'positive' : 'danger',
        title: job.total === 0 ? t('bulk.nothingDone') : t(`bulk.did.${what}`, { count: job.done }),
        ...(refused > 0 && {
          description: `${t('bulk.refused', { count: refused })} ${reasons(job)}`,
        }),
        ...(job.undoOf === null &&
          job.done > 0 && { action: { label: t('bulk.undo'), onSelect: () => undo(job) } }),
      });
    },
  };
}
