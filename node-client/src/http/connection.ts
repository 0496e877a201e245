import * as http from 'node:http';
import * as https from 'node:https';

import {startTimer, stopTimer} from '../time.js';

/** What a server said, read to its end. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

/** Why there is no answer. Only of the unreachable is it certain that nothing was done. */
export type NoAnswer = 'unreachable' | 'late' | 'broken';

export class ConnectionFailure extends Error {
  constructor(
    readonly kind: NoAnswer,
    override readonly cause?: Error,
  ) {
    super(cause?.message ?? kind);
  }
}

export interface Timeouts {
  /** How long to wait for a connection. */
  readonly connectTimeoutMs: number;
  /** How long to wait for the whole answer, the connection included. */
  readonly requestTimeoutMs: number;
}

/** No answer of this protocol is nearly as long; an endless one must not fill the memory. */
const MAX_ANSWER_BYTES = 256 * 1024 * 1024;

/** Hundreds of calls at once are answered sooner over some connections than over hundreds of cold ones. */
const MAX_CONNECTIONS = 64;

/** Below the two minutes after which the emulator hangs up, so that no request meets a closing connection. */
const IDLE_MS = 60_000;

/**
 * Connections to one server, kept alive and shared by all calls. Over Node's own http and not fetch: it costs less, and
 * tests of apps like to put their own in the place of fetch. Nothing is ever sent twice.
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
      // Node wants an IPv6 address without the brackets that a URL has.
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      ...(url.port === '' ? {} : {port: url.port}),
    };
  }

  /** The URL without what a path would be added to. */
  get url(): string {
    return this.#base.origin + this.#prefix;
  }

  /** Sends one request, once; rejects with a `ConnectionFailure` if no answer comes. */
  send(method: string, path: string, headers: http.OutgoingHttpHeaders, body = ''): Promise<HttpAnswer> {
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
      const fail = (kind: NoAnswer, cause?: Error): void => {
        settle(() => {
          reject(new ConnectionFailure(kind, cause));
        });
        request.destroy();
      };
      const timer = startTimer(this.timeouts.requestTimeoutMs, () => {
        fail('late');
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
          if (bytes > MAX_ANSWER_BYTES) {
            fail('broken', new Error(`The answer is longer than ${MAX_ANSWER_BYTES} bytes.`));
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

  /** Hangs up. */
  close(): void {
    this.#agent.destroy();
  }
}
