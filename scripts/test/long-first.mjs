import { BaseSequencer } from 'vitest/node';

/**
 * The usual order goes by size, and a file that only calls a suite is small and takes long. Those come first,
 * so that none is left over at the end when there is nothing to run beside it.
 */
export class LongFirst extends BaseSequencer {
  async sort(files) {
    const usual = await super.sort(files);
    const isLong = ({ moduleId }) =>
      /\/e2e\/(servers|set-up|chaos|desk\/every-screen)/.test(moduleId);
    return [...usual.filter(isLong), ...usual.filter((file) => !isLong(file))];
  }
}
