import { MessageCircle, Send } from 'lucide-react';
import { useTranslation } from 'react-i18next';

interface LookPreviewProps {
  name: string;
  color: string;
  greeting: string;
}

/** A small picture of the opened widget. */
export function LookPreview({ name, color, greeting }: LookPreviewProps) {
  const { t } = useTranslation('settings');
  return (
    <figure className="flex flex-col items-end gap-2">
      <figcaption className="sr-only">{t('look.preview')}</figcaption>
      <div
        aria-hidden="true"
        className="flex h-56 w-full flex-col overflow-hidden rounded-xl bg-raised text-sm shadow-raised"
      >
        <div
          className="truncate px-3 py-2.5 font-medium text-on-accent transition-colors"
          style={{ backgroundColor: color }}
        >
          {name}
        </div>
        <div className="flex min-h-0 flex-1 flex-col justify-end gap-2 overflow-hidden p-3">
          {greeting.trim() !== '' && (
            <p className="line-clamp-4 max-w-[85%] self-start whitespace-pre-wrap break-words rounded-xl rounded-es-sm bg-hover px-2.5 py-1.5">
              {greeting}
            </p>
          )}
          <p
            className="max-w-[85%] self-end rounded-xl rounded-ee-sm px-2.5 py-1.5 text-on-accent transition-colors"
            style={{ backgroundColor: color }}
          >
            {t('look.visitor')}
          </p>
        </div>
        <div className="flex items-center gap-2 border-line border-t px-3 py-2 text-faint">
          <span className="flex-1 truncate">{t('look.field')}</span>
          <Send className="size-4" />
        </div>
      </div>
      <div
        aria-hidden="true"
        className="grid size-11 place-items-center rounded-full text-on-accent shadow-raised transition-colors"
        style={{ backgroundColor: color }}
      >
        <MessageCircle className="size-5" />
      </div>
    </figure>
  );
}
