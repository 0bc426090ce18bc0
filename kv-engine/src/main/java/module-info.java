/** The Bitcask storage engine; programs reach it through the API's service, so that nothing is exported. */
module io.bitkv.engine {
  requires transitive io.bitkv.api;
  requires io.bitkv.codec;
  requires jdk.jfr;
  requires jdk.management;

  provides io.bitkv.api.spi.StoreProvider with
      io.bitkv.engine.KVStoreProvider;
}
