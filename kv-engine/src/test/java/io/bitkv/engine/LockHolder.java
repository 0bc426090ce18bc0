package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.StoreLockedException;
import io.bitkv.codec.entry.EntryHeader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program that holds a store until it is killed. */
final class LockHolder {
  private LockHolder() {}

  /** Opens the store in the directory that is named, writes a key, says {@code held}, and waits; or says why it was refused. */
  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedStore store;
    try {
      store = new KVStoreProvider().open(Path.of(arguments[0]), TestStores.options());
    } catch (StoreLockedException e) {
      System.out.println(e.getMessage());
      return;
    }
    store.put(bytes("key"), bytes("value"));
    System.out.println("held");
    System.out.flush();
    Thread.currentThread().join();
  }

  /** Starts the program in a process of its own. */
  static Process start(Path directory) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(java, "-cp", classPath(), LockHolder.class.getName(), directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String classPath() {
    return Stream.of(LockHolder.class, KVStoreProvider.class, KeyValueStore.class, EntryHeader.class)
        .map(LockHolder::location)
        .distinct()
        .collect(Collectors.joining(System.getProperty("path.separator")));
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
