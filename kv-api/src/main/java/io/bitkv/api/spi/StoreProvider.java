package io.bitkv.api.spi;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KvException;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.StoreTools;
import io.bitkv.api.UnsupportedFeatureException;
import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * A storage engine, found by {@link ServiceLoader}: a module offers one with {@code provides StoreProvider with ...}.
 *
 * {@snippet file="io/bitkv/api/ReportSnippetsTest.java" region="provider"}
 */
public interface StoreProvider {

  /**
   * Opens the store in a directory; makes it if there is none.
   *
   * @param directory where the store's files are
   * @param options how to open it
   * @return the open store
   * @throws KvException as {@link io.bitkv.api.KeyValueStore#open(Path, StoreOptions)} tells
   */
  EmbeddedStore open(Path directory, StoreOptions options);

  /**
   * Gives the tools that work on a store's files without opening it.
   *
   * @return the tools
   */
  StoreTools tools();

  /**
   * Finds the first engine that the service loader knows.
   *
   * @return the engine
   * @throws UnsupportedFeatureException if there is none
   */
  static StoreProvider first() {
    return ServiceLoader.load(StoreProvider.class)
        .findFirst()
        .or(() -> ServiceLoader.load(StoreProvider.class, StoreProvider.class.getClassLoader()).findFirst())
        .orElseThrow(
            () ->
                new UnsupportedFeatureException(
                    "no storage engine was found; add io.bitkv:kv-engine to the module path or the class path"));
  }
}
