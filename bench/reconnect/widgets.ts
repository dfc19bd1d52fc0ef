import { type ContactClient, createContactClient, type Socket } from '@deskbell/sdk';
import { WebSocket } from 'ws';
import { isLive } from './live.ts';

/** Widgets as pages have them: the published client with its own backoff, over plain sockets. */
interface Order {
  baseUrl: string;
  inbox: string;
  tokens: string[];
}

/** So many dial at once at first, as pages open one after the other. */
const AT_ONCE = 50;

const clients: ContactClient[] = [];
let lastTold = -1;

process.on('message', (order: Order) => void open(order));
// The bench has gone, however it ended.
process.on('disconnect', () => process.exit());

async function open({ baseUrl, inbox, tokens }: Order): Promise<void> {
  for (let start = 0; start < tokens.length; start += AT_ONCE) {
    const some = tokens.slice(start, start + AT_ONCE).map((token) =>
      createContactClient({
        baseUrl,
        inbox,
        token,
        webSocket: dial,
      }),
    );
    clients.push(...some);
    await Promise.all(some.map(isLive));
  }
  setInterval(tell, 20);
}

function dial(url: string): Socket {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  // A line that breaks is what this is about: the client hears of it by `onclose`.
  socket.on('error', () => undefined);
  return socket as unknown as Socket;
}

/** How many are connected, whenever that changes. */
function tell(): void {
  const live = clients.filter(({ state }) => state.name === 'live').length;
  if (live !== lastTold) process.send?.({ live });
  lastTold = live;
}
