import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  type ECDH,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PushedNotice, PushSubscriptionFacts } from '@deskbell/contract';

/** A push as a browser would get it: who sent it, for how long, and what it says. */
export interface Pushed {
  device: string;
  ttl: number;
  topic: string | undefined;
  /** The key that signed it, and whom to turn to. */
  key: string;
  contact: string;
  notice: PushedNotice;
}

/** A browser that is subscribed at the push service. */
export interface Subscriber {
  name: string;
  subscription: PushSubscriptionFacts;
}

/**
 * A push service on loopback (RFC 8030): takes what is sent to its subscribers, checks the signature
 * (RFC 8292), and decrypts it with the key of the browser (RFC 8291), as that would.
 */
export class PushService {
  readonly pushed: Pushed[] = [];
  /** What it answers to each device; 201 where nothing is said. */
  readonly answers = new Map<string, number>();
  /** How often it was asked, also where it refused. */
  asked = 0;
  private readonly browsers = new Map<string, { ecdh: ECDH; auth: Buffer }>();
  private readonly waiting = new Set<() => void>();
  private readonly server = createServer((request, reply) => {
    this.take(request).then(
      (status) => reply.writeHead(status).end(),
      (error: unknown) => reply.writeHead(400).end(String(error)),
    );
  });

  static async open(): Promise<PushService> {
    const service = new PushService();
    await new Promise<void>((resolve) => service.server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  /** For PRIVATE_TARGETS. */
  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  subscribe(name: string): Subscriber {
    const ecdh = createECDH('prime256v1');
    ecdh.generateKeys();
    const auth = randomBytes(16);
    this.browsers.set(name, { ecdh, auth });
    const keys = {
      p256dh: ecdh.getPublicKey('base64url'),
      auth: auth.toString('base64url'),
    };
    return { name, subscription: { endpoint: `http://${this.host}/push/${name}`, keys } };
  }

  /** Resolves once so many pushes were taken. */
  async reach(count: number): Promise<Pushed[]> {
    while (this.pushed.length < count) await this.next();
    return this.pushed;
  }

  /** Resolves once it was asked so often. */
  async reachAsked(count: number): Promise<void> {
    while (this.asked < count) await this.next();
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private next(): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.waiting.delete(wake);
        resolve();
      };
      this.waiting.add(wake);
    });
  }

  private async take(request: IncomingMessage): Promise<number> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    this.asked += 1;
    const device = request.url?.split('/').at(-1) ?? '';
    const status = this.answers.get(device) ?? 201;
    const { key, contact } = this.checkSignature(String(request.headers.authorization));
    if (status === 201)
      this.pushed.push({
        ...{ device, key, contact },
        ttl: Number(request.headers.ttl),
        topic: request.headers.topic as string | undefined,
        notice: JSON.parse(this.decrypt(device, Buffer.concat(parts))) as PushedNotice,
      });
    for (const wake of this.waiting) wake();
    return status;
  }

  /** RFC 8292: a JWT, signed with the key that stands beside it, for this service and not for long. */
  private checkSignature(header: string): { key: string; contact: string } {
    const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(header) ?? [];
    const [head = '', claims = '', signature = ''] = token.split('.');
    const point = Buffer.from(key, 'base64url');
    const publicKey = createPublicKey({
      format: 'jwk',
      key: {
        kty: 'EC',
        crv: 'P-256',
        x: point.subarray(1, 33).toString('base64url'),
        y: point.subarray(33).toString('base64url'),
      },
    });
    const isSigned = verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    if (!isSigned) throw new Error('the signature does not fit');
    const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString());
    if (aud !== `http://${this.host}`) throw new Error(`meant for ${aud}`);
    if (!(exp * 1000 > Date.now() && exp * 1000 < Date.now() + 86_400_000))
      throw new Error('its time is not within a day');
    return { key, contact: String(sub) };
  }

  /** RFC 8291 and the one record of RFC 8188. */
  private decrypt(device: string, body: Buffer): string {
    const browser = this.browsers.get(device);
    if (!browser) throw new Error(`nobody is subscribed as ${device}`);
    const salt = body.subarray(0, 16);
    const keyLength = body.readUInt8(20);
    const sender = body.subarray(21, 21 + keyLength);
    const sealed = body.subarray(21 + keyLength);
    const own = browser.ecdh.getPublicKey();
    const shared = browser.ecdh.computeSecret(sender);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), own, sender]);
    const secret = Buffer.from(hkdfSync('sha256', shared, browser.auth, info, 32));
    const derive = (name: string, length: number) =>
      Buffer.from(hkdfSync('sha256', secret, salt, `Content-Encoding: ${name}\0`, length));
    const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
    decipher.setAuthTag(sealed.subarray(-16));
    const open = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    return open.subarray(0, open.lastIndexOf(2)).toString();
  }
}
