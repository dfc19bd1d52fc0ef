import type { ErrorCode, Refused } from '@deskbell/contract';

export interface RestOptions {
  baseUrl: string;
  /** Sent with each request: who asks. */
  headers?: Record<string, string> | undefined;
  fetch?: typeof fetch | undefined;
}

const unreachable: Refused = { code: 'unavailable', detail: 'The server is out of reach' };

/** Reads from /api/v1. A refusal of the server, and a server out of reach, are values. */
export class Rest {
  private readonly options: RestOptions;

  constructor(options: RestOptions) {
    this.options = options;
  }

  /** `Answer` is what the contract promises of this address; it is not checked again here. */
  async get<Answer extends object>(
    path: string,
    query: Record<string, string | number | undefined> = {},
  ): Promise<Answer | Refused> {
    const { baseUrl, headers, fetch: fetchWith = fetch } = this.options;
    const asked = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    );
    const search = asked.length > 0 ? `?${new URLSearchParams(asked)}` : '';
    try {
      const url = `${baseUrl.replace(/\/$/, '')}/api/v1${path}${search}`;
      const response = await fetchWith(url, headers ? { headers } : {});
      const value: unknown = await response.json();
      return response.ok ? (value as Answer) : refusalOf(value);
    } catch {
      return unreachable;
    }
  }
}

/** Problem details (RFC 9457) with a code of the catalogue. */
function refusalOf(value: unknown): Refused {
  if (typeof value !== 'object' || value === null || !('code' in value)) return unreachable;
  const detail = 'detail' in value ? String(value.detail) : '';
  return { code: String(value.code) as ErrorCode, detail };
}
