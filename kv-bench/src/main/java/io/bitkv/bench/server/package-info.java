/** The server beside redis-server: load, processor time, memory and start. */
package io.bitkv.bench.server;
