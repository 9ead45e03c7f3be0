/**
 * Small downloads over HTTP(S): bounded in size and time, through the proxy
 * that the environment names. Node 20's own `fetch` ignores `HTTP_PROXY` and its
 * relatives; undici is the same `fetch` with an agent that reads them.
 */
import { errnoOf, TinyVmafException, type TinyVmafError } from '@tinyvmaf/core';
import { JSON_LIMITS } from '../model/index.js';

/** What is used of a response. */
export interface FetchedResponse {
  /** Whether the status is 200 to 299. */
  readonly ok: boolean;
  /** HTTP status. */
  readonly status: number;
  /** The server's words for it. */
  readonly statusText: string;
  /** The bytes as they arrive; `null` for none. */
  readonly body: AsyncIterable<Uint8Array> | null;
}

/** A `fetch`, as far as it is needed here; the platform's own fits. */
export type FetchLike = (
  url: string,
  init: { readonly signal: AbortSignal },
) => Promise<FetchedResponse>;

/** How to download. */
export interface DownloadOptions {
  readonly signal?: AbortSignal;
  /** Time for one file, in milliseconds. Default 60,000. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 60_000;

const OFFLINE =
  'without network, bring the model files here some other way and use --from with the file or folder';

/**
 * Runs with a `fetch` that goes through the proxy of `HTTP_PROXY`, `HTTPS_PROXY` and
 * `NO_PROXY` (either case), and closes its connections afterwards.
 */
export const withProxyFetch = async <A>(
  env: Readonly<Record<string, string | undefined>>,
  run: (fetch: FetchLike) => Promise<A>,
): Promise<A> => {
  const undici = await import('undici');
  const either = (name: string): string => env[name.toLowerCase()] ?? env[name] ?? '';
  const agent = new undici.EnvHttpProxyAgent({
    httpProxy: either('HTTP_PROXY'),
    httpsProxy: either('HTTPS_PROXY'),
    noProxy: either('NO_PROXY'),
  });
  try {
    return await run((url, init) => undici.fetch(url, { ...init, dispatcher: agent }));
  } finally {
    await agent.destroy();
  }
};

/**
 * The bytes at a URL; redirections are followed.
 * @throws TinyVmafException `Io` (no connection, status, size, time) or `Cancelled`.
 */
export const download = async (
  url: string,
  fetch: FetchLike,
  options: DownloadOptions = {},
): Promise<Uint8Array> => {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal =
    options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) {
      throw failure(url, `the server answered ${response.status} ${response.statusText}`.trim());
    }
    return await readBody(url, response.body);
  } catch (thrown) {
    if (thrown instanceof TinyVmafException) throw thrown;
    if (options.signal?.aborted === true) {
      throw new TinyVmafException({
        _tag: 'Cancelled',
        operation: `Downloading ${url}`,
        cause: thrown,
      });
    }
    if (timeout.aborted) {
      throw failure(url, `it took longer than ${timeoutMs / 1000} seconds; ${OFFLINE}`, thrown);
    }
    throw failure(url, `${deepest(thrown)}; ${OFFLINE}`, thrown);
  }
};

const readBody = async (
  url: string,
  body: AsyncIterable<Uint8Array> | null,
): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    length += part.length;
    if (length > JSON_LIMITS.length) {
      throw failure(url, `more than ${JSON_LIMITS.length} bytes came, a model has fewer`);
    }
    parts.push(part);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
};

const failure = (url: string, problem: string, cause?: unknown): TinyVmafException => {
  const errno = errnoOf(cause) ?? (cause instanceof Error ? errnoOf(cause.cause) : undefined);
  const error: TinyVmafError = { _tag: 'Io', operation: 'download', target: url, problem, cause };
  return new TinyVmafException(errno === undefined ? error : { ...error, errno });
};

/** `fetch failed` says nothing; what lies beneath does. */
const deepest = (thrown: unknown): string => {
  let current = thrown;
  while (current instanceof Error && current.cause instanceof Error) current = current.cause;
  if (!(current instanceof Error)) return String(current);
  return current.message === '' ? (errnoOf(current) ?? current.name) : current.message;
};
