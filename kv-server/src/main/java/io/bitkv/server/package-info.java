/** The TCP server, its commands and the {@code kv} program. */
package io.bitkv.server;
