// ioredis, which asks INFO until the server says that it has loaded, and speaks RESP2.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import Redis from 'ioredis';

const port = Number(process.env.BITKV_PORT);
let redis;

before(async () => {
  redis = new Redis(port, '127.0.0.1', { db: 9, connectTimeout: 10_000 });
  await redis.flushdb();
});

after(() => redis.quit());

test('values, deletes and missing keys', async () => {
  assert.equal(await redis.set('key', 'value'), 'OK');
  assert.equal(await redis.get('key'), 'value');
  assert.equal(await redis.del('key'), 1);
  assert.equal(await redis.get('key'), null);
});

test('binary values', async () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
  await redis.set('binary', bytes);
  assert.deepEqual(await redis.getBuffer('binary'), bytes);
});

test('expiry', async () => {
  await redis.set('mortal', 'value', 'EX', 100);
  const ttl = await redis.ttl('mortal');
  assert.ok(ttl > 0 && ttl <= 100, `ttl ${ttl}`);
});

test('a pipeline answers in order, errors included', async () => {
  const replies = await redis.pipeline().set('n', 1).incr('n').lpush('n', 'x').get('n').exec();
  assert.deepEqual(replies[0], [null, 'OK']);
  assert.deepEqual(replies[1], [null, 2]);
  assert.match(replies[2][0].message, /unknown command/);
  assert.deepEqual(replies[3], [null, '2']);
});

test('a transaction, and one that a watch undoes', async () => {
  assert.deepEqual(await redis.multi().set('m', 1).get('m').exec(), [[null, 'OK'], [null, '1']]);
  const other = redis.duplicate();
  await redis.watch('m');
  await other.set('m', 2);
  assert.equal(await redis.multi().set('m', 3).exec(), null);
  assert.equal(await redis.get('m'), '2');
  await other.quit();
});

test('a scan returns every key', async () => {
  await redis.flushdb();
  const expected = Array.from({ length: 500 }, (_, i) => `scan:${i}`).sort();
  await redis.mset(expected.flatMap((key) => [key, 'value']));
  const found = new Set();
  for await (const keys of redis.scanStream({ match: 'scan:*', count: 50 })) {
    keys.forEach((key) => found.add(key));
  }
  assert.deepEqual([...found].sort(), expected);
});
