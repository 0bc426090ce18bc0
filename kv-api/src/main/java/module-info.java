/** The storage API: what a program needs to keep values under keys, whether the store is embedded or remote. */
module io.bitkv.api {
  exports io.bitkv.api;
  exports io.bitkv.api.codec;
  exports io.bitkv.api.spi;

  uses io.bitkv.api.codec.CodecProvider;
  uses io.bitkv.api.spi.StoreProvider;
}
