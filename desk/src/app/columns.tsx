import { getRouteApi, Navigate } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { ConversationScreen } from '../conversation-screen/index.tsx';
import { DetailsColumn } from '../features/contact-panel/index.tsx';
import { ListColumn } from '../features/lists/index.tsx';
import { classes } from '../ui/classes.ts';
import { ResizeHandle } from '../ui/resize-handle.tsx';
import { DocumentTitle } from './document-title.tsx';
import { isNumber, useKept } from './kept.ts';
import { useLayout } from './layout.tsx';
import { useSession } from './session-context.tsx';
import { useLists } from './use-lists.ts';
import { useTranslation } from './use-translation.ts';
import { Welcome } from './welcome.tsx';

const route = getRouteApi('/desk/$list/{-$conversationId}');

const lists = { initial: 352, min: 272, max: 480 };
const details = { initial: 304, min: 256, max: 440 };

/** whoever has no Queue, or not any more, is led on from its address. */
export function Columns() {
  const { list, conversationId } = route.useParams();
  if (useLists().includes(list)) return <ListColumns />;
  const params = { list: 'mine', ...(conversationId && { conversationId }) } as const;
  return <Navigate to="/$list/{-$conversationId}" params={params} replace={true} />;
}

/** Lists left, the conversation in the middle, details right; one of them on a phone. */
function ListColumns() {
  const { t } = useTranslation();
  const { list, conversationId } = route.useParams();
  // First what was said, then who says it.
  const detailsId = useDeferredValue(conversationId) ?? conversationId;
  const { room, isDetailsOpen, isListFolded } = useLayout();
  const [listWidth, setListWidth] = useKept('list-width', lists.initial, isNumber);
  const [detailsWidth, setDetailsWidth] = useKept('details-width', details.initial, isNumber);
  const isAlone = room === 'one';
  const isListShown = isAlone ? conversationId === undefined : !isListFolded;
  const isDetailsShown = conversationId !== undefined && detailsId !== undefined && isDetailsOpen;
  const isMiddleShown = !isAlone || (conversationId !== undefined && !isDetailsShown);
  const { workspace } = useSession();
  // A page has one main part: on a phone whatever is shown.
  const [ListPlace, DetailsPlace] = isAlone
    ? (['main', 'main'] as const)
    : (['section', 'aside'] as const);
  return (
    <>
      <DocumentTitle page={workspace.name} />
      {isListShown && (
        <ListPlace
          aria-label={t('columns.lists')}
          {...(isAlone && { id: 'content', tabIndex: -1 })}
          className="relative flex min-h-0 min-w-0 shrink-0 flex-col bg-sunken outline-none"
          style={isAlone ? { flex: 1 } : { width: listWidth }}
        >
          {isAlone && <h1 className="sr-only">{t('rail.conversations')}</h1>}
          <ListColumn list={list} conversationId={conversationId} />
          {!isAlone && (
            <ResizeHandle
              label={t('columns.resizeLists')}
              column="before"
              width={listWidth}
              onResize={setListWidth}
              {...lists}
            />
          )}
        </ListPlace>
      )}
      {isMiddleShown && (
        <main
          id="content"
          tabIndex={-1}
          className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface outline-none"
        >
          {conversationId ? (
            <ConversationScreen key={conversationId} list={list} conversationId={conversationId} />
          ) : (
            <Welcome />
          )}
        </main>
      )}
      {isDetailsShown && (
        <DetailsPlace
          aria-label={t('columns.details')}
          {...(isAlone && { id: 'content', tabIndex: -1 })}
          className={classes(
            'flex min-h-0 shrink-0 flex-col bg-sunken outline-none',
            room === 'two'
              ? 'absolute inset-y-0 end-0 z-10 border-line border-s shadow-dialog'
              : 'relative',
          )}
          style={
            isAlone ? { flex: 1 } : { width: room === 'three' ? detailsWidth : details.initial }
          }
        >
          {room === 'three' && (
            <ResizeHandle
              label={t('columns.resizeDetails')}
              column="behind"
              width={detailsWidth}
              onResize={setDetailsWidth}
              {...details}
            />
          )}
          <DetailsColumn key={detailsId} list={list} conversationId={detailsId} />
        </DetailsPlace>
      )}
    </>
  );
}
