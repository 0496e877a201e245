// Measures what an order of an exploration costs beside the app's own time: the time of the same code, with the same operations one after
// another, that nothing holds. Both are measured alternately in one run, so that other load on the machine affects both. Fails above
// the limit.
import {eachTest} from '../dist/testing.mjs';

const ROUNDS = Number(process.argv[2] ?? 40);
const WARM_UP_ROUNDS = 60;
const LIMIT_MS = 3;

const hooks = {};
const stowage = eachTest({
  sdk: false,
  beforeEach: (run) => (hooks.beforeEach = run),
  afterEach: (run) => (hooks.afterEach = run),
  afterAll: (run) => (hooks.afterAll = run),
});
const {kvStore} = stowage.stores;

const visit = async () => {
  const {n = 0} = await kvStore.get('visits');
  await kvStore.put('visits', {n: n + 1});
};
const register = async () => {
  if (!(await kvStore.exists('leader'))) {
    await kvStore.put('leader', {is: 'me'});
  }
  await kvStore.get('leader');
};
const check = () => kvStore.get('visits');

const CASES = [
  ['2 actors, 2 operations each', {ann: visit, bob: visit}],
  ['2 actors, 3 operations each', {ann: register, bob: register}],
  ['3 actors, 2 operations each', {ann: visit, bob: visit, eve: visit}],
];

const now = () => Number(process.hrtime.bigint()) / 1e6;
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Returns the time of an order in milliseconds, and the number of orders. */
async function explored(actors) {
  const start = now();
  const {orders} = await stowage.interleavings(actors, check);
  return {orders, ms: (now() - start) / orders};
}

async function alone(actors, times) {
  let ms = 0;
  for (let i = 0; i < times; i++) {
    const start = now();
    for (const act of Object.values(actors)) {
      await act();
    }
    await check();
    ms += now() - start;
    await kvStore.delete('visits');
    await kvStore.delete('leader');
  }
  return ms / times;
}

let worst = 0;
await hooks.beforeEach();
for (let round = 0; round < WARM_UP_ROUNDS; round++) {
  for (const [, actors] of CASES) {
    await alone(actors, (await explored(actors)).orders);
  }
}
for (const [name, actors] of CASES) {
  const orderMs = [];
  const aloneMs = [];
  let orders = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const exploration = await explored(actors);
    const own = await alone(actors, exploration.orders);
    orders = exploration.orders;
    orderMs.push(exploration.ms);
    aloneMs.push(own);
  }
  const cost = median(orderMs) - median(aloneMs);
  worst = Math.max(worst, cost);
  console.log(
    `${name}: ${orders} orders, ${median(orderMs).toFixed(2)} ms each; the app's own time ${median(aloneMs).toFixed(2)} ms; ` +
      `an order costs ${cost.toFixed(2)} ms`,
  );
}
await hooks.afterEach();
await hooks.afterAll();
console.log(`at most ${worst.toFixed(2)} ms (limit: ${LIMIT_MS})`);
process.exitCode = worst <= LIMIT_MS ? 0 : 1;
