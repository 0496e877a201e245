import {AsyncLocalStorage} from 'node:async_hooks';

interface Runtime {
  readonly appContext?: object;
}

interface OcpGlobal {
  ocpContextStorage?: AsyncLocalStorage<{ocpRuntime: Runtime}>;
}

/** Runs it in a context as the platform makes one for each request, where the SDK looks for it. */
export function inRequest<T>(appContext: {installId: number; trackerId: string}, run: () => T): T {
  const platform = globalThis as OcpGlobal;
  platform.ocpContextStorage ??= new AsyncLocalStorage();
  const around = platform.ocpContextStorage.getStore()?.ocpRuntime;
  const ocpRuntime = {...around, appContext: {...around?.appContext, ...appContext}};
  return platform.ocpContextStorage.run({ocpRuntime}, run);
}
