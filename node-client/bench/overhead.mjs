// Measures how long a call takes in relation to a bare fetch of the same request to the same server. Both are measured
// alternately in one run, so that other load on the machine affects both. Fails above the limit.
import {connect, startEmulator} from '../dist/index.mjs';

const ROUNDS = Number(process.argv[2] ?? 60);
const CALLS = 100;

const emulator = await startEmulator();
const {kvStore} = connect({...emulator, sdk: false});
const record = {token: 'x'.repeat(40), issued: 1_769_860_800_000, scopes: ['read', 'write'], owner: {id: 7, name: 'ann'}};
await kvStore.put('k', record);

const headers = {Authorization: `Bearer ${emulator.apiKey}`, 'Content-Type': 'application/json'};
const bareFetch = (operation, body) => async () => {
  const response = await fetch(`${emulator.url}/v1/kvStore/${operation}`, {method: 'POST', headers, body: JSON.stringify(body)});
  return (await response.json()).result;
};

const CASES = [
  ['get', () => kvStore.get('k'), bareFetch('get', {key: 'k'})],
  ['put', () => kvStore.put('k', record), bareFetch('put', {key: 'k', value: record})],
  ['increment', () => kvStore.increment('n', 'n'), bareFetch('increment', {key: 'n', field: 'n', amount: 1})],
];

async function round(call, atOnce) {
  const start = process.hrtime.bigint();
  let left = CALLS;
  await Promise.all(
    Array.from({length: atOnce}, async () => {
      while (left-- > 0) {
        await call();
      }
    }),
  );
  return Number(process.hrtime.bigint() - start) / 1_000 / CALLS;
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

let worst = 0;
for (const atOnce of [1, 16]) {
  for (const [name, call, bare] of CASES) {
    const times = {call: [], bare: []};
    for (let i = -10; i < ROUNDS; i++) {
      const order = i % 2 === 0 ? ['call', 'bare'] : ['bare', 'call'];
      for (const which of order) {
        const time = await round(which === 'call' ? call : bare, atOnce);
        if (i >= 0) {
          times[which].push(time);
        }
      }
    }
    const ratio = median(times.call) / median(times.bare);
    worst = Math.max(worst, ratio);
    console.log(
      `${name.padEnd(10)} ${String(atOnce).padStart(2)} concurrent: call ${median(times.call).toFixed(0)} µs, ` +
        `bare fetch ${median(times.bare).toFixed(0)} µs, ratio ${ratio.toFixed(2)}`,
    );
  }
}
console.log(`worst ratio ${worst.toFixed(2)} (limit: 1.15)`);
await emulator.stop();
process.exitCode = worst <= 1.15 ? 0 : 1;
