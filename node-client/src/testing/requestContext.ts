import {AsyncLocalStorage} from 'node:async_hooks';

interface Runtime {
  readonly appContext?: object;
}

interface OcpGlobal {
  ocpContextStorage?: AsyncLocalStorage<{ocpRuntime: Runtime}>;
}

/** Calls `run` in a request context, in the AsyncLocalStorage where the platform puts it and the SDK looks for it. */
export function runInRequest<T>(appContext: {installId: number; trackerId: string}, run: () => T): T {
  const platform = globalThis as OcpGlobal;
  platform.ocpContextStorage ??= new AsyncLocalStorage();
  const outer = platform.ocpContextStorage.getStore()?.ocpRuntime;
  const ocpRuntime = {...outer, appContext: {...outer?.appContext, ...appContext}};
  return platform.ocpContextStorage.run({ocpRuntime}, run);
}
