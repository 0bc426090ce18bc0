/** The Java client, over plain sockets. */
module io.bitkv.client {
  requires transitive io.bitkv.api;
  requires io.bitkv.codec;
}
