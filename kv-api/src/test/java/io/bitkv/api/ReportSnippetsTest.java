package io.bitkv.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bitkv.api.spi.StoreProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The examples that the documentation shows of what is found and reported, as they stand there. */
class ReportSnippetsTest {

  private final Path damaged = Path.of("data");
  private final Path target = Path.of("new");
  private final List<String> log = new ArrayList<>();

  @Test
  void entries() {
    KeyValueStore store = new MemoryStore();
    store.put("k".getBytes(UTF_8), "v".getBytes(UTF_8));
    // @start region="entries"
    try (Stream<KeyValue> entries = store.entries(Scan.all())) {
      entries.forEach(entry -> log.add(entry.key().length + " + " + entry.value().length + " bytes"));
    }
    // @end
    assertEquals(List.of("1 + 1 bytes"), log);
  }

  /** There is no engine here, so the examples of its tools are compiled and do not come far. */
  @Test
  void compiles() {
    assertThrows(UnsupportedFeatureException.class, this::provider);
    assertThrows(UnsupportedFeatureException.class, this::verify);
    assertThrows(UnsupportedFeatureException.class, this::repair);
    assertThrows(UnsupportedFeatureException.class, this::importSeed);
    assertThrows(UnsupportedFeatureException.class, this::backup);
  }

  private void provider() {
    // @start region="provider"
    StoreProvider engine = StoreProvider.first();
    try (EmbeddedStore store = engine.open(Path.of("data"), StoreOptions.defaults())) {
      log.add(store.stats().toString());
    }
    // @end
  }

  private void verify() {
    // @start region="verify"
    Progress progress = (step, doneBytes, totalBytes) -> log.add(step + ": " + doneBytes + " of " + totalBytes + " bytes");
    VerifyReport report = KeyValueStore.tools().verify(Path.of("data"), progress);
    for (VerifyReport.Finding finding : report.findings()) {
      log.add(finding.severity() + " in " + finding.file() + " from byte " + finding.from() + " on: " + finding.detail());
    }
    // @end
  }

  private void repair() {
    // @start region="repair"
    RepairReport report = KeyValueStore.tools().repair(damaged, target, StoreTools.Doubtful.KEEP, Progress.none());
    log.add(report.liveEntries() + " values saved, " + report.lostEntries() + " entries lost");
    // @end
  }

  private void importSeed() {
    // @start region="import"
    ImportReport report = KeyValueStore.tools().importSeed(Path.of("old"), target, Progress.none());
    log.add(report.keys() + " keys, " + (report.isComplete() ? "all there were" : "not all: " + report.findings()));
    // @end
  }

  private void backup() {
    // @start region="backup"
    BackupReport report = KeyValueStore.tools().backup(Path.of("data"), Path.of("backup"), Progress.none());
    log.add("every write up to " + report.lastSequence() + ", " + report.newBytes() + " new bytes");
    // @end
  }
}
