import type { Page, WebSocketRoute } from 'playwright-core';

/** The stretch of network between one desk's page and the server: it can be held up, and cut. */
export class Line {
  private readonly sockets = new Set<WebSocketRoute>();
  private waiting: (() => void)[] = [];
  private isHeld = false;
  private isCut = false;

  /** Before the page is opened. */
  static async of(page: Page): Promise<Line> {
    const line = new Line();
    await page.routeWebSocket(/\/api\/v1\/socket$/, (socket) => line.pass(socket));
    return line;
  }

  /** What the page sends waits from now on, and so does what it is told. */
  hold(): void {
    this.isHeld = true;
  }

  release(): void {
    this.isHeld = false;
    for (const go of this.waiting.splice(0)) go();
  }

  async cut(): Promise<void> {
    this.isCut = true;
    await Promise.all([...this.sockets].map((socket) => socket.close()));
    this.sockets.clear();
  }

  mend(): void {
    this.isCut = false;
  }

  private pass(socket: WebSocketRoute): void {
    if (this.isCut) {
      void socket.close();
      return;
    }
    this.sockets.add(socket);
    const server = socket.connectToServer();
    const passOn = (go: () => void) => {
      if (this.isHeld) this.waiting.push(go);
      else go();
    };
    socket.onMessage((message) => passOn(() => server.send(message)));
    server.onMessage((message) => passOn(() => socket.send(message)));
  }
}
