import { ArrowDown } from 'lucide-react';
import { useTranslation } from '../../app/use-translation.ts';
import { classes } from '../../ui/classes.ts';

/** Back to the end; says so when something came there meanwhile. */
export function JumpToEnd({ news, onPress }: { news: number; onPress(): void }) {
  const { t } = useTranslation('conversation');
  return (
    <button
      type="button"
      onClick={onPress}
      className={classes(
        'absolute end-4 bottom-3 z-1 inline-flex h-8 pointer-coarse:h-10 items-center gap-1.5 rounded-full px-3 font-medium text-sm shadow-raised',
        news > 0
          ? 'bg-accent text-on-accent hover:bg-accent-hover'
          : 'bg-raised text-muted hover:text-ink',
      )}
    >
      {news > 0 ? t('timeline.news', { count: news }) : t('timeline.toEnd')}
      <ArrowDown aria-hidden="true" className="size-4" />
    </button>
  );
}
