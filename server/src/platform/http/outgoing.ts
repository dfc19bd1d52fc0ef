import { type LookupAddress, lookup } from 'node:dns';
import { request as requestPlain } from 'node:http';
import { request as requestSafe } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/**
 * Addresses that belong to this machine or its network, where a stranger's address must not lead us
 * (IANA special-purpose registries, RFC 6890).
 */
const privateAddresses = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  privateAddresses.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  privateAddresses.addSubnet(network, bits, 'ipv6');

function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  return family === 0 || privateAddresses.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** A request was not made, because it would have led into our own network. */
class PrivateAddressError extends Error {
  constructor(host: string) {
    super(`${host} is no public address with TLS; PRIVATE_TARGETS may allow it`);
  }
}

export interface Outgoing {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: Buffer;
  timeoutMs: number;
}

/** Of an answer as much as its receiver wants to know. */
export interface OutgoingAnswer {
  status: number;
  /** The first 2,000 characters. */
  text: string;
}

/** Whether an address may be asked, as far as it says by itself; a name is looked up when it is asked. */
export function isPublic(address: string, allowed: readonly string[]): boolean {
  const url = new URL(address);
  if (allowed.includes(placeOf(url))) return url.protocol === 'https:' || url.protocol === 'http:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return url.protocol === 'https:' && !(isIP(host) !== 0 && isPrivateAddress(host));
}

/** `host:port`, also where the port is the usual one. */
const placeOf = (url: URL): string =>
  `${url.hostname}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`;

const LONGEST_ANSWER = 2_000;

/**
 * Asks somebody out there, over TLS, never in our own network. The address is judged where it is
 * connected to: a name that means another address a moment later gains nothing. Redirects are not
 * followed. `allowed`: `host:port` of configured exceptions, which may also be without TLS.
 */
export function askOutside(asked: Outgoing, allowed: readonly string[]): Promise<OutgoingAnswer> {
  const url = new URL(asked.url);
  const isAllowed = allowed.includes(placeOf(url));
  if (!isPublic(asked.url, allowed)) return Promise.reject(new PrivateAddressError(url.host));
  const { promise, resolve, reject } = Promise.withResolvers<OutgoingAnswer>();
  const open = url.protocol === 'https:' ? requestSafe : requestPlain;
  const request = open(
    url,
    {
      method: asked.method,
      headers: asked.headers,
      signal: AbortSignal.timeout(asked.timeoutMs),
      ...(isAllowed ? {} : { lookup: lookupOutside }),
    },
    (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        text = (text + part).slice(0, LONGEST_ANSWER);
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      answer.on('error', reject);
    },
  );
  request.on('error', reject);
  request.end(asked.body);
  return promise;
}

/** Finds an address as the system does, and refuses a private one. */
const lookupOutside: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    if (error) return done(error, '');
    const addresses = found as LookupAddress[];
    const [first] = addresses;
    if (!first || addresses.some(({ address }) => isPrivateAddress(address)))
      return done(new PrivateAddressError(host), '');
    if (options.all) return done(null, addresses);
    done(null, first.address, first.family);
  });
};
