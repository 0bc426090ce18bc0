/** The Java client: the storage API over TCP, in a few connections that all threads share. */
module io.bitkv.client {
  requires transitive io.bitkv.api;
  requires io.bitkv.codec;
  requires jdk.jfr;

  exports io.bitkv.client;
}
