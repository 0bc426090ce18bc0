// node-redis, once as it connects by itself and once with RESP3.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createClient, RESP_TYPES } from 'redis';

const url = `redis://127.0.0.1:${process.env.BITKV_PORT}/10`;

for (const RESP of [2, 3]) {
  describe(`RESP${RESP}`, () => {
    let client;

    before(async () => {
      client = createClient({ url, RESP });
      await client.connect();
      await client.flushDb();
    });

    after(() => client.close());

    test('values, deletes and missing keys', async () => {
      assert.equal(await client.set('key', 'value'), 'OK');
      assert.equal(await client.get('key'), 'value');
      assert.equal(await client.del('key'), 1);
      assert.equal(await client.get('key'), null);
    });

    test('binary values', async () => {
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
      await client.set('binary', bytes);
      const binary = client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
      assert.deepEqual(await binary.get('binary'), bytes);
    });

    test('expiry', async () => {
      await client.set('mortal', 'value', { expiration: { type: 'EX', value: 100 } });
      const ttl = await client.ttl('mortal');
      assert.ok(ttl > 0 && ttl <= 100, `ttl ${ttl}`);
    });

    test('calls of one turn are pipelined and answered in order', async () => {
      const numbers = await Promise.all(Array.from({ length: 100 }, () => client.incr('counter')));
      assert.deepEqual(numbers, Array.from({ length: 100 }, (_, i) => i + 1));
    });

    test('a transaction', async () => {
      assert.deepEqual(await client.multi().set('m', '1').get('m').exec(), ['OK', '1']);
    });

    test('a scan returns every key', async () => {
      await client.flushDb();
      const expected = Array.from({ length: 500 }, (_, i) => `scan:${i}`).sort();
      await client.mSet(expected.flatMap((key) => [key, 'value']));
      const found = new Set();
      for await (const keys of client.scanIterator({ MATCH: 'scan:*', COUNT: 50 })) {
        keys.forEach((key) => found.add(key));
      }
      assert.deepEqual([...found].sort(), expected);
    });
  });
}
