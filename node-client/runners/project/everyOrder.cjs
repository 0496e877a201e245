const assert = require('node:assert/strict');

/** Two visits at once are counted right in every order, and wrongly in one; get and put is found by the sweep, too. */
module.exports = async (stowage, storage) => {
  const count = () => storage.kvStore.increment('visits', 'n');
  const countByPut = async () => {
    const {n = 0} = await storage.kvStore.get('visits');
    await storage.kvStore.put('visits', {n: n + 1});
  };
  const check = async () => {
    assert.deepEqual(await storage.kvStore.get('visits'), {n: 2});
  };
  const report = await stowage.interleavings({ann: count, bob: count}, check);
  assert.deepEqual([report.orders, report.exhaustive], [2, true]);
  await assert.rejects(stowage.interleavings({ann: countByPut, bob: countByPut}, check), /To run only this order/);
  await assert.rejects(stowage.sweep(() => countByPut()), /The run failed at/);
};
