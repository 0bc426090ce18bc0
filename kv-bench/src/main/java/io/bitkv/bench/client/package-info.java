/** The Java client beside Jedis and Lettuce, on one server. */
package io.bitkv.bench.client;
