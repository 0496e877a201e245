import * as diagnostics from 'node:diagnostics_channel';
import http from 'node:http';
import https from 'node:https';
import {syncBuiltinESMExports} from 'node:module';

/** A request of the test's process to another service. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** The response of another service. */
export interface ServiceResponse {
  readonly headers: Record<string, string>;
  readonly body: string;
}

export interface RequestListener {
  /** Called for each request before it is sent. Returns whether its response is of interest. */
  requested(request: OutgoingRequest): boolean;
  responded(response: ServiceResponse): void;
}

/** A response without an end, such as a stream of events, must not be waited for. */
const FINITE = /^(application\/(.*\+)?(json|xml|x-www-form-urlencoded)|text\/(?!event-stream))/;

/**
 * Tells the listener of all requests through `fetch`, `http`, `https` and undici, until the function that is returned is called.
 * Requests that a mock such as msw or nock answers are told too, if the mock was set up before.
 */
export function listenToRequests(listener: RequestListener): () => void {
  const undoFetch = listenToFetch(listener);
  const undoHttp = listenToHttp(listener);
  const undoUndici = listenToUndici(listener);
  return () => {
    undoUndici();
    undoHttp();
    undoFetch();
  };
}

function listenToFetch(listener: RequestListener): () => void {
  const original = globalThis.fetch;
  const watched: typeof fetch = async (input, init) => {
    const request = await describeFetch(input, init);
    const isOfInterest = request !== undefined && listener.requested(request);
    const response = await original(input, init);
    if (isOfInterest && FINITE.test(response.headers.get('content-type') ?? '')) {
      listener.responded({headers: Object.fromEntries(response.headers), body: await response.clone().text()});
    }
    return response;
  };
  globalThis.fetch = watched;
  return () => {
    // A mock that was set up later has replaced it, and puts it back itself.
    if (globalThis.fetch === watched) {
      globalThis.fetch = original;
    }
  };
}

/** Undefined for a request that `fetch` itself will refuse. */
async function describeFetch(input: Parameters<typeof fetch>[0], init: RequestInit | undefined): Promise<OutgoingRequest | undefined> {
  try {
    const body: unknown = init?.body;
    const isStream = typeof body === 'object' && body !== null && (Symbol.asyncIterator in body || 'getReader' in body);
    const described = new Request(input instanceof Request ? input.clone() : input, isStream ? {...init, body: null} : init);
    return {
      method: described.method,
      url: described.url,
      headers: Object.fromEntries(described.headers),
      body: await described.text(),
    };
  } catch {
    return undefined;
  }
}

type RequestFunction = typeof http.request;

function listenToHttp(listener: RequestListener): () => void {
  const undo = [http, https].map((module) => {
    const target = module as {request: RequestFunction; get: RequestFunction};
    const {request, get} = target;
    target.request = ((...args: Parameters<RequestFunction>) => watch(request(...args), listener)) as RequestFunction;
    target.get = ((...args: Parameters<RequestFunction>) => {
      const sent = target.request(...args);
      sent.end();
      return sent;
    }) as RequestFunction;
    return () => {
      target.request = request;
      target.get = get;
    };
  });
  syncBuiltinESMExports();
  return () => {
    undo.forEach((undoOne) => {
      undoOne();
    });
    syncBuiltinESMExports();
  };
}

type Write = (...args: unknown[]) => boolean;

function watch(request: http.ClientRequest, listener: RequestListener): http.ClientRequest {
  const chunks: Buffer[] = [];
  let isOfInterest = false;
  const write = request.write.bind(request) as Write;
  const end = request.end.bind(request) as (...args: unknown[]) => http.ClientRequest;
  request.write = (...args: unknown[]) => {
    keep(chunks, args);
    return write(...args);
  };
  request.end = (...args: unknown[]) => {
    keep(chunks, args);
    isOfInterest = listener.requested({
      method: request.method,
      url: `${request.protocol}//${String(request.getHeader('host') ?? request.host)}${request.path}`,
      headers: textsOf(request.getHeaders()),
      body: Buffer.concat(chunks).toString(),
    });
    return end(...args);
  };
  // Not a listener: with one, Node would no longer discard a response that the app does not read.
  const emit = request.emit.bind(request) as (event: string, ...args: unknown[]) => boolean;
  request.emit = (event: string, ...args: unknown[]) => {
    if (event === 'response' && isOfInterest) {
      watchResponse(args[0] as http.IncomingMessage, listener);
    }
    return emit(event, ...args);
  };
  return request;
}

function keep(chunks: Buffer[], [chunk, encoding]: readonly unknown[]): void {
  if (typeof chunk === 'string') {
    chunks.push(Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'));
  } else if (chunk instanceof Uint8Array) {
    chunks.push(Buffer.from(chunk));
  }
}

function watchResponse(response: http.IncomingMessage, listener: RequestListener): void {
  const chunks: Buffer[] = [];
  const push = response.push.bind(response);
  response.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (chunk === null) {
      listener.responded({headers: textsOf(response.headers), body: Buffer.concat(chunks).toString()});
    } else {
      keep(chunks, [chunk, encoding]);
    }
    return push(chunk, encoding);
  };
}

function textsOf(headers: http.OutgoingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join('\n') : String(value)]),
  );
}

/** What a request of undici tells, of `fetch` or of the package itself: not its body. */
interface UndiciRequest {
  readonly method: string;
  readonly origin: string | URL;
  readonly path: string;
  readonly headers: readonly string[] | string;
}

function listenToUndici(listener: RequestListener): () => void {
  const created = (message: unknown): void => {
    const {request} = message as {request: UndiciRequest};
    listener.requested({
      method: request.method,
      url: `${String(request.origin)}${request.path}`,
      headers: {all: typeof request.headers === 'string' ? request.headers : request.headers.join('\n')},
      body: '',
    });
  };
  diagnostics.subscribe('undici:request:create', created);
  return () => {
    diagnostics.unsubscribe('undici:request:create', created);
  };
}
