import * as http from 'node:http';
import * as https from 'node:https';

import {startTimer, stopTimer} from '../realTimers.js';

/** A complete response. */
export interface HttpResponse {
  readonly status: number;
  readonly text: string;
}

/** Why there is no response. Only after `unreachable` is it certain that nothing was done. */
export type ConnectionFailureKind = 'unreachable' | 'timeout' | 'broken';

export class ConnectionFailure extends Error {
  constructor(
    readonly kind: ConnectionFailureKind,
    override readonly cause?: Error,
  ) {
    super(cause?.message ?? kind);
  }
}

export interface Timeouts {
  /** How long to wait for a connection, in milliseconds. */
  readonly connectTimeoutMs: number;
  /** How long to wait for the complete response, including the connection, in milliseconds. */
  readonly requestTimeoutMs: number;
}

/** Far above any response of this protocol. Bounds the memory that an endless response takes. */
const MAX_RESPONSE_BYTES = 256 * 1024 * 1024;

/** Hundreds of concurrent calls are faster over some warm connections than over hundreds of new ones. */
const MAX_CONNECTIONS = 64;

/** Below the two minutes after which the emulator closes idle connections, so that no request is sent on a closing one. */
const IDLE_MS = 60_000;

/**
 * Keep-alive connections to one server, shared by all calls. Uses Node's `http` rather than `fetch`, because it is faster
 * and because tests of apps often mock `fetch`. Never sends a request twice.
 */
export class Connection {
  readonly #base: URL;
  readonly #agent: http.Agent;
  readonly #request: typeof http.request;
  readonly #options: http.RequestOptions;
  readonly #prefix: string;

  constructor(
    url: URL,
    readonly timeouts: Timeouts,
  ) {
    const secure = url.protocol === 'https:';
    const agentOptions = {keepAlive: true, timeout: IDLE_MS, scheduling: 'lifo', maxSockets: MAX_CONNECTIONS} as const;
    this.#base = url;
    this.#agent = secure ? new https.Agent(agentOptions) : new http.Agent(agentOptions);
    this.#request = secure ? https.request : http.request;
    this.#prefix = url.pathname.replace(/\/+$/, '');
    this.#options = {
      agent: this.#agent,
      // Node takes an IPv6 address without the brackets that it has in a URL.
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      ...(url.port === '' ? {} : {port: url.port}),
    };
  }

  /** The base URL, without a trailing slash. */
  get url(): string {
    return this.#base.origin + this.#prefix;
  }

  /** Sends one request, once. Rejects with a `ConnectionFailure` if there is no complete response. */
  send(
    method: string,
    path: string,
    headers: http.OutgoingHttpHeaders,
    body = '',
    timeoutMs = this.timeouts.requestTimeoutMs,
  ): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      let connected = false;
      const request = this.#request({
        ...this.#options,
        method,
        path: this.#prefix + path,
        headers: {...headers, 'Content-Length': Buffer.byteLength(body)},
      });
      const settle = (done: () => void): void => {
        stopTimer(timer);
        done();
      };
      const fail = (kind: ConnectionFailureKind, cause?: Error): void => {
        settle(() => {
          reject(new ConnectionFailure(kind, cause));
        });
        request.destroy();
      };
      const timer = startTimer(timeoutMs, () => {
        fail('timeout');
      });
      request.once('socket', (socket) => {
        if (!socket.connecting) {
          connected = true;
          return;
        }
        const connectTimer = startTimer(this.timeouts.connectTimeoutMs, () => {
          fail('unreachable');
        });
        socket.once('close', () => {
          stopTimer(connectTimer);
        });
        socket.once('connect', () => {
          connected = true;
          stopTimer(connectTimer);
        });
      });
      request.on('error', (problem) => {
        fail(connected ? 'broken' : 'unreachable', problem);
      });
      request.once('response', (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          bytes += chunk.length;
          if (bytes > MAX_RESPONSE_BYTES) {
            fail('broken', new Error(`The response is longer than ${MAX_RESPONSE_BYTES} bytes.`));
          }
        });
        response.once('error', (problem) => {
          fail('broken', problem);
        });
        response.once('end', () => {
          const text = Buffer.concat(chunks, bytes).toString('utf8');
          settle(() => {
            resolve({status: response.statusCode ?? 0, text});
          });
        });
      });
      request.end(body);
    });
  }

  /** Closes the connections. */
  close(): void {
    this.#agent.destroy();
  }
}
