package io.bitkv.engine;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.StoreTools;
import io.bitkv.api.spi.StoreProvider;
import java.nio.file.Path;
import java.util.Objects;

/** Offers the Bitcask engine to the API's service loader. */
public final class KVStoreProvider implements StoreProvider {

  /** Makes the provider; for the service loader. */
  public KVStoreProvider() {}

  @Override
  public EmbeddedStore open(Path directory, StoreOptions options) {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(options, "options");
    return options.isReadOnly() ? ReadOnlyStore.open(ReadOnlyDisk.open(directory), options) : KVStore.open(FileDisk.open(directory), options);
  }

  @Override
  public StoreTools tools() {
    return new KVStoreTools();
  }
}
