interface Globals {
  readonly expect?: {readonly getState?: () => {readonly currentTestName?: string}};
}

/** The name of the running test, from Jest or Vitest with globals. Undefined elsewhere. */
export function testNamed(): string | undefined {
  return (globalThis as Globals).expect?.getState?.().currentTestName;
}
