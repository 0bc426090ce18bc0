package io.bitkv.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bitkv.api.Keyspace;
import io.bitkv.api.MergeOptions;
import io.bitkv.api.Scan;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.SyncPolicy;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What many tests of the engine need. */
final class TestStores {
  private TestStores() {}

  /** Small segments, no syncs and no merges but those asked for: the tests decide what happens. */
  static StoreOptions options() {
    return StoreOptions.defaults()
        .withSegmentBytes(StoreOptions.MIN_SEGMENT_BYTES)
        .withSyncPolicy(SyncPolicy.never())
        .withMerges(MergeOptions.defaults().withEnabled(false));
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  /** What a keyspace holds, as text, by key. */
  static Map<String, String> contents(Keyspace keyspace) {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<byte[]> keys = keyspace.keys(Scan.all())) {
      keys.forEach(key -> contents.put(text(key), text(keyspace.get(key).orElseThrow())));
    }
    return contents;
  }
}
