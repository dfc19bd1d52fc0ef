import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import type { Config } from '../platform/config.ts';
import { type Finding, right, wrong } from './finding.ts';

const PATIENCE_MS = 5_000;

/** Free, or taken by a Deskbell. */
export async function examinePort({ HOST, PORT }: Config): Promise<Finding> {
  if (PORT === 0) return right('Port', 'any free one');
  const code = await codeOfListening(HOST, PORT);
  if (code === null) return right('Port', `${PORT} on ${HOST} is free`);
  if (code !== 'EADDRINUSE')
    return wrong('Port', `can't listen on ${HOST}:${PORT} (${code}): change HOST or PORT.`);
  const found = await askHealth(HOST, PORT);
  return found
    ? right('Port', `${PORT}: Deskbell ${found.version} answers there (${found.status})`)
    : wrong('Port', `${PORT} is taken by another program: end that one, or change PORT.`);
}

async function codeOfListening(host: string, port: number): Promise<string | null> {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  } finally {
    await new Promise((resolve) => probe.close(resolve));
  }
}

async function askHealth(
  host: string,
  port: number,
): Promise<{ version: string; status: string } | null> {
  const name = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? host;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(`http://${name}:${port}/healthz`, { signal });
    const { version, status, database } = (await response.json()) as Record<string, string>;
    return version && status && database ? { version, status } : null;
  } catch {
    return null;
  }
}

/** Whether a mail server greets us there. Sends nothing. */
export async function examineMail(address: string | undefined): Promise<Finding[]> {
  if (!address) return [];
  const { protocol, hostname, port } = new URL(address);
  const isSecure = protocol === 'smtps:';
  const at = { host: hostname, port: Number(port) || (isSecure ? 465 : 587) };
  const where = `${at.host}:${at.port}`;
  try {
    const greeting = await greetingOf(at, isSecure);
    return [
      greeting.startsWith('220')
        ? right('Mail', `${where} greets us`)
        : wrong(
            'Mail',
            `${where} is no mail server (SMTP_URL): it says ${JSON.stringify(greeting)}.`,
          ),
    ];
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return [wrong('Mail', `${where} can't be reached (${code ?? message}): see SMTP_URL.`)];
  }
}

async function greetingOf(at: { host: string; port: number }, isSecure: boolean): Promise<string> {
  const socket = isSecure ? connectSecurely({ ...at, servername: at.host }) : connect(at);
  socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('it says nothing')));
  try {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    return chunk.toString().split(/\r?\n/)[0]?.slice(0, 80) ?? '';
  } finally {
    socket.destroy();
  }
}

/** Browsers keep cookies, sounds and notifications from pages without TLS. */
export function examinePublicUrl({ PUBLIC_URL, HOST, PORT }: Config): Finding {
  if (!PUBLIC_URL)
    return isThisMachine(HOST)
      ? right('Public URL', `not set: for browsers on this machine, http://localhost:${PORT}`)
      : wrong('Public URL', 'not set: set PUBLIC_URL to the address that browsers use.');
  const { protocol, hostname, pathname } = new URL(PUBLIC_URL);
  if (pathname !== '/')
    return wrong('Public URL', `${PUBLIC_URL} has a path; Deskbell needs a host of its own.`);
  if (protocol !== 'https:' && !isThisMachine(hostname))
    return wrong(
      'Public URL',
      `${PUBLIC_URL} is without TLS: put a proxy before it, and use https.`,
    );
  return right('Public URL', PUBLIC_URL);
}

const isThisMachine = (host: string) =>
  ['localhost', '127.0.0.1', '::1', '[::1]'].includes(host) || host.endsWith('.localhost');
