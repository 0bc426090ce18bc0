package io.bitkv.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The examples that the documentation shows of embedded stores, as they stand there. */
class EmbeddedSnippetsTest {

  private final byte[] key = "k".getBytes(UTF_8);
  private final byte[] value = "v".getBytes(UTF_8);
  private final List<String> log = new ArrayList<>();

  /** There is no engine here, so the examples of embedded stores are compiled and do not come far. */
  @Test
  void compiles() {
    assertThrows(UnsupportedFeatureException.class, this::open);
    assertThrows(UnsupportedFeatureException.class, this::openWithOptions);
    assertThrows(UnsupportedFeatureException.class, this::verify);
    assertThrows(UnsupportedFeatureException.class, this::merge);
    assertThrows(UnsupportedFeatureException.class, () -> useEmbedded(KeyValueStore.open(Path.of("data"))));
  }

  private void open() {
    // @start region="open"
    try (KeyValueStore embedded = KeyValueStore.open(Path.of("data"))) {
      embedded.put("greeting".getBytes(UTF_8), "hello".getBytes(UTF_8));
      embedded.get("greeting".getBytes(UTF_8)).ifPresent(found -> log.add(new String(found, UTF_8)));
    }
    // @end
  }

  private void openWithOptions() {
    // @start region="options"
    StoreOptions options = StoreOptions.defaults().withSyncPolicy(SyncPolicy.always()).withDirectoryKind(DirectoryKind.ORDERED);
    try (EmbeddedStore embedded = KeyValueStore.open(Path.of("data"), options)) {
      embedded.put(key, value);
      log.add(embedded.stats().toString());
    }
    // @end
  }

  private void verify() {
    // @start region="tools"
    VerifyReport report = KeyValueStore.tools().verify(Path.of("data"), Progress.none());
    // @end
    log.add(report.toString());
  }

  private void merge() {
    // @start region="merges"
    MergeOptions rare = MergeOptions.defaults().withFragmentation(0.6).withBytesPerSecond(16 << 20);
    try (EmbeddedStore embedded = KeyValueStore.open(Path.of("data"), StoreOptions.defaults().withMerges(rare))) {
      MergePlan plan = embedded.merges().explain(true); // what a merge would do
      MergeReport report = embedded.merges().run(true); // does it now
      log.add(plan + ": " + report);
    }
    // @end
    // @start region="listener"
    StoreListener listener =
        event -> {
          switch (event) {
            case StoreListener.WritesStopped stopped -> log.add("no writes: " + stopped.detail());
            case StoreListener.MergeFailed failed -> log.add("no merge: " + failed.detail());
            default -> {}
          }
        };
    StoreOptions watched = StoreOptions.defaults().withListener(listener);
    // @end
    log.add(watched.toString());
  }

  private void useEmbedded(EmbeddedStore embedded) {
    // @start region="embedded"
    embedded.put(key, value);
    embedded.sync(); // all that was written is on stable storage
    long version = embedded.put(key, value);
    embedded.whenDurable(version).thenRun(() -> log.add("so is the last one"));
    // @end
    // @start region="syncPolicy"
    embedded.syncPolicy(SyncPolicy.every(Duration.ofMillis(100)));
    // @end
    // @start region="stats"
    StoreStats stats = embedded.stats();
    boolean isWritable = stats.health().isWritable();
    // @end
    log.add(Boolean.toString(isWritable));
    // @start region="read"
    Optional<Integer> length = embedded.read(key, ValueView::length);
    // @end
    log.add(length.toString());
    // @start region="getInto"
    byte[] buffer = new byte[1024]; // used again and again
    int read = embedded.getInto(key, buffer);
    boolean isThere = read >= 0 && read <= buffer.length;
    // @end
    log.add(Boolean.toString(isThere));
  }
}
