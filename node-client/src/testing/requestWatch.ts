import type {Control} from '../control/control.js';
import {listenToRequests} from './outgoingRequests.js';

export interface WatchRequestsOptions {
  /** Constants of the app, such as the id of its API client, which are never reported. */
  readonly knownValues?: readonly string[];
}

/**
 * Passes the requests of one test's process to other services on to the emulator, which judges whether they contain a value of an
 * install that has ended.
 */
export class RequestWatch {
  readonly #control: Control;
  readonly #appId: string;
  readonly #stop: () => void;
  /** What was observed and not passed on yet. In order, so that a value that was received is not stale afterwards. */
  #passedOn: Promise<void> = Promise.resolve();

  /** @param isOfApp whether the code that is running belongs to the app that is watched */
  private constructor(control: Control, appId: string, isOfApp: () => boolean) {
    this.#control = control;
    this.#appId = appId;
    this.#stop = listenToRequests({
      requested: (request) => {
        if (!isOfApp() || request.url.startsWith(control.url)) {
          return false;
        }
        this.#passOn(() => control.judgeRequest(appId, request));
        return true;
      },
      responded: (response) => {
        this.#passOn(() => control.learnResponse(appId, response));
      },
    });
  }

  static async start(
    control: Control,
    appId: string,
    isOfApp: () => boolean,
    options: WatchRequestsOptions,
  ): Promise<RequestWatch> {
    await control.watchStaleValues(appId, options.knownValues);
    return new RequestWatch(control, appId, isOfApp);
  }

  #passOn(send: () => Promise<unknown>): void {
    this.#passedOn = this.#passedOn.then(async () => {
      await send();
    });
    // `settle` rejects with the error.
    this.#passedOn.catch(() => undefined);
  }

  /** Resolves when everything that was observed is passed on. */
  settle(): Promise<void> {
    return this.#passedOn;
  }

  /** Ends the watch. Rejects if the app has used a stale value. */
  async end(): Promise<void> {
    this.#stop();
    await this.settle();
    const findings = await this.#control.staleValues(this.#appId);
    if (findings.length > 0) {
      throw new Error(
        [
          'The app uses a value of an install that has ended (a stale cache):',
          ...findings.map(({message}) => `  ${message}.`),
          'After a reinstall the app has another install, whose stores are empty. Values that it cached outside the storage, for' +
            ' example in a module-level variable, belong to the old install: read them from the storage for each request, or' +
            ' cache them per installId.',
        ].join('\n'),
      );
    }
  }

  /** Ends the watch without a check. */
  stop(): void {
    this.#stop();
  }
}
