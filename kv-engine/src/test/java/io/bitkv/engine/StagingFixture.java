package io.bitkv.engine;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Directories as the end of a process leaves them: copies of one whose store is open. */
final class StagingFixture {
  private final Path root;
  private int copies;

  StagingFixture(Path root) {
    this.root = root;
  }

  /** A copy of a directory: what its segments and its staging file hold in the page cache at this moment. */
  Path copy(Path directory) throws IOException {
    Path copy = Files.createDirectory(root.resolve("copy" + copies++));
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(".data") || file.endsWith(FileNames.STAGING)) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
    }
    return copy;
  }

  /** The last segment of a directory. */
  static Path newestSegment(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".data")).sorted().toList().getLast();
    }
  }

  static Path staging(Path directory) {
    return directory.resolve(FileNames.STAGING);
  }

  /** What a directory holds when it is opened, before that to a reader, and again when it is opened once more, after a write that must stay. */
  static Map<String, String> contents(Path directory, StoreOptions options) {
    Map<String, String> first;
    Map<String, String> read;
    try (EmbeddedStore reader = ReadOnlyStore.open(ReadOnlyDisk.open(directory), options.withReadOnly(true))) {
      read = TestStores.contents(reader);
    }
    try (EmbeddedStore store = KVStore.open(FileDisk.open(directory), options)) {
      first = TestStores.contents(store.keyspace(KeyspaceId.DEFAULT));
      if (!read.equals(first)) {
        throw new AssertionError("a reader is shown another state than is recovered");
      }
      store.put(TestStores.bytes("after"), TestStores.bytes("the crash"));
    }
    try (EmbeddedStore store = KVStore.open(FileDisk.open(directory), options)) {
      Map<String, String> second = TestStores.contents(store.keyspace(KeyspaceId.DEFAULT));
      if (!"the crash".equals(second.remove("after")) || !second.equals(first)) {
        throw new AssertionError("the second opening shows another state");
      }
    }
    return first;
  }

  /** How many of the first operations of a history make up a state; -1 if none do. */
  static int prefix(List<Map<String, String>> history, Map<String, String> state) {
    return history.lastIndexOf(state);
  }
}
