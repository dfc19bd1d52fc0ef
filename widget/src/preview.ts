import type { ClientFrame, ServerFrame, Site } from '@deskbell/contract';
import './preview.css';
import type { ToLoader } from './bridge.ts';
import { createFrame } from './loader/frame.ts';
import { createLauncher } from './loader/launcher.ts';

/** What the desk tells this page: the inbox as it would be, in which language, opened or not. */
interface Draft {
  site: Site;
  lang: string;
  isOpen: boolean;
}

const inbox = new URLSearchParams(location.search).get('inbox') ?? '';
let shown: { lang: string; tell(draft: Draft): void; end(): void } | undefined;
let written = 0;

addEventListener('message', ({ origin, source, data }: MessageEvent<Draft>) => {
  if (origin !== location.origin || source !== window.parent || !data?.site) return;
  // Words are chosen once in a widget's life, so another language is another widget.
  if (shown?.lang !== data.lang) {
    shown?.end();
    shown = show(data);
  }
  shown.tell(data);
});
window.parent.postMessage('deskbell:preview', location.origin);

/** The widget itself, on a line that ends here: nothing that is tried reaches the server. */
function show({ lang, site }: Draft): NonNullable<typeof shown> {
  let latest = site;
  let isOpen = false;
  const open = (is: boolean, asked: boolean) => {
    if (is) frame.load();
    isOpen = is;
    launcher.open(is);
    frame.tell({ t: 'open', isOpen: is, isAsked: asked });
    if (!asked) return;
    if (is) frame.focus();
    else launcher.focus();
    window.parent.postMessage(is ? 'deskbell:opened' : 'deskbell:closed', location.origin);
  };
  const launcher = createLauncher(lang, {
    click: () => open(!isOpen, true),
    near: () => frame.load(),
  });
  const frame = createFrame({
    base: location.origin,
    inbox,
    place: launcher.panel,
    start: () => ({
      base: location.origin,
      inbox,
      token: '',
      lang,
      kept: { mute: '1' },
      isKept: true,
      frames: [snapshot(latest)],
      isLive: true,
      isOpen,
      isAsked: false,
      isNews: false,
    }),
    hear(message) {
      if (message.t === 'close') open(false, true);
      if (message.t === 'ask') frame.tell({ t: 'turn', isHeld: true });
      if (message.t === 'send') answer(message);
    },
  });
  return {
    lang,
    tell(draft) {
      latest = draft.site;
      launcher.paint(latest);
      frame.tell({ t: 'frames', frames: [{ t: 'site', ...latest }] });
      if (draft.isOpen !== isOpen) open(draft.isOpen, false);
    },
    end: () => document.querySelector('deskbell-chat')?.remove(),
  };

  /** What is written here is shown as stored, so that its colours are seen. */
  function answer({ frame: sent }: Extract<ToLoader, { t: 'send' }>): void {
    const frames = echo(sent);
    if (frames) frame.tell({ t: 'frames', frames });
  }
}

const CONVERSATION = '00000000-0000-8000-8000-000000000001';
const ME = '00000000-0000-8000-8000-000000000002';

const snapshot = (site: Site): ServerFrame =>
  ({
    t: 'snapshot',
    me: { kind: 'contact', id: ME },
    entities: {},
    through: '',
    rights: '',
    site,
  }) as unknown as ServerFrame;

function echo(sent: ClientFrame): ServerFrame[] | null {
  if (sent.t !== 'command' || sent.kind !== 'message.receive') return null;
  const seq = ++written;
  const entryId = crypto.randomUUID();
  const at = Date.now();
  const conversation = {
    id: CONVERSATION,
    version: seq,
    status: 'open',
    assigneeId: null,
    openedAt: at,
    closedAt: null,
    closeReason: null,
  };
  const entry = {
    id: entryId,
    conversationId: CONVERSATION,
    seq,
    at,
    author: { kind: 'contact', id: ME },
    kind: 'message',
    clientId: sent.id,
    ...(sent.input as { text: string }),
  };
  return [
    { t: 'ack', id: sent.id, answer: { conversationId: CONVERSATION, entryId, seq } },
    {
      t: 'changes',
      entities: { conversations: [conversation], entries: [entry] },
      through: `${CONVERSATION}:${seq}`,
    },
  ] as unknown as ServerFrame[];
}
