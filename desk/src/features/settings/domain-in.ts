import { isDomain } from '@deskbell/contract';

/**
 * The domain that people mean by what they typed or pasted: without scheme, path and capitals, with
 * letters beyond ASCII as browsers send them (RFC 3492). Null: it is none.
 */
export function domainIn(typed: string): string | null {
  const bare = typed
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[/?#].*$/s, '')
    .replace(/\.(?=:|$)/, '');
  const [star, rest] = bare.startsWith('*.') ? ['*.', bare.slice(2)] : ['', bare];
  if (/[\s@]/.test(rest) || !URL.canParse(`http://${rest}`)) return null;
  const port = /:\d+$/.exec(rest)?.[0] ?? '';
  const domain = star + new URL(`http://${rest}`).hostname + port;
  return isDomain(domain) ? domain : null;
}
