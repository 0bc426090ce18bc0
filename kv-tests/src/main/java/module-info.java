/** Tests of all modules together; the storage engine is present at run time only, as it is for a user's program. */
open module io.bitkv.tests {
  requires io.bitkv.api;
  requires io.bitkv.client;
  requires io.bitkv.codec;
  requires io.bitkv.server;

  uses io.bitkv.api.spi.StoreProvider;
}
