import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/**
 * The baseline: what plain `ws` gets when a chat server stores nothing. Each text frame is parsed;
 * a visitor's message is forwarded to their agent as the bytes that came (no second JSON.stringify)
 * and acknowledged to the visitor.
 */
const agentsCount = Number(process.env.AGENTS ?? 20);
const agents: WebSocket[] = [];

interface Frame {
  t: string;
  id: string;
  agent?: number;
  visitor?: number;
}

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (socket) => {
  let agent = -1;
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Frame;
    if (frame.t === 'command') {
      agents[agent]?.send(data, { binary: false });
      socket.send(`{"t":"ack","id":"${frame.id}"}`);
    } else if (frame.t === 'hello') {
      if (frame.agent !== undefined) agents[frame.agent] = socket;
      if (frame.visitor !== undefined) agent = frame.visitor % agentsCount;
      socket.send('{"t":"snapshot"}');
    }
  });
});
server.on('listening', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ url: `ws://127.0.0.1:${port}` });
});
// The bench has gone, however it ended.
process.on('disconnect', () => process.exit());
