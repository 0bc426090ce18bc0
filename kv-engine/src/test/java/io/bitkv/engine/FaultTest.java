package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.contents;
import static io.bitkv.engine.TestStores.options;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KvException;
import io.bitkv.api.Outcome;
import io.bitkv.api.StoreIoException;
import io.bitkv.api.StoreListener;
import io.bitkv.api.SyncFailedException;
import io.bitkv.api.WriteBatch;
import io.bitkv.api.WritesRefusedException;
import io.bitkv.api.WritesRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call to the file system that fails harms nothing but the operation that made it, and says so. */
@ParameterizedClass(name = "staging: {0}")
@ValueSource(booleans = {false, true})
class FaultTest {
  private static final int WRITES = 60;

  private final MemoryDisk disk;
  private final RecordingListener listener = new RecordingListener();

  FaultTest(boolean isStaging) {
    disk = new MemoryDisk(isStaging);
  }

  private EmbeddedStore open() {
    return KVStore.open(disk.hold(), options().withListener(listener));
  }

  /** Writes until one fails, or to the end; keeps the model to what returned. */
  static KvException write(EmbeddedStore store, int from, Map<String, String> model) {
    for (int i = from; i < WRITES; i++) {
      String key = "key" + i % 15;
      String value = "value " + i + " ".repeat(i * 11 % 400);
      try {
        if (i % 7 == 3) {
          store.commit(new WriteBatch().put(bytes(key), bytes(value)).put(bytes(key + "+"), bytes(value)));
          model.put(key + "+", value);
        } else {
          store.put(bytes(key), bytes(value));
        }
        model.put(key, value);
      } catch (KvException e) {
        return e;
      }
    }
    return null;
  }

  private static Faults nthWrite(int n, int written, IOException failure) {
    return Faults.nth(Faults.Kind.WRITE, n, new Faults.Partial(written, failure));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, Integer.MAX_VALUE})
  @DisplayName("F43 everyNthWriteMayFail: it is not acknowledged, the log ends at the last good entry, writes are refused until reopened")
  void everyNthWriteMayFail(int written) {
    int failures = 0;
    for (int n = 0; n < WRITES; n++) {
      MemoryDisk fresh = disk.another();
      Map<String, String> model = new TreeMap<>();
      fresh.faults = nthWrite(n, written, new IOException("Input/output error"));
      try (EmbeddedStore store = KVStore.open(fresh.hold(), options())) {
        KvException failure = write(store, 0, model);
        failures += failure == null ? 0 : 1;
        assertEquals(model, contents(store));
        if (failure instanceof WritesRefusedException refusal) {
          assertEquals(Reason.POISONED, refusal.reason());
          assertFalse(store.stats().health().isWritable());
          assertThrows(WritesRefusedException.class, () -> store.put(bytes("late"), bytes("value")));
          for (String key : model.keySet()) {
            assertThrows(WritesRefusedException.class, () -> store.delete(bytes(key)));
          }
        }
      } catch (SyncFailedException e) {
        assertEquals(Outcome.UNKNOWN, e.outcome());
      }
      assertEquals(model, DamageFixture.open(fresh, options()), "after write " + n);
    }
    assertTrue(failures > 5, failures + " writes failed");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, Integer.MAX_VALUE})
  @DisplayName("F43 F49 everyNthWriteMayFindTheDiskFull: it is not acknowledged, and the next one may succeed")
  void everyNthWriteMayFindTheDiskFull(int written) {
    for (int n = 0; n < WRITES; n++) {
      MemoryDisk fresh = disk.another();
      Map<String, String> model = new TreeMap<>();
      fresh.faults = nthWrite(n, written, new DiskFullException(Path.of("file"), null));
      try (EmbeddedStore store = KVStore.open(fresh.hold(), options())) {
        if (write(store, 0, model) instanceof WritesRefusedException refusal) {
          assertEquals(Reason.DISK_FULL, refusal.reason());
          assertFalse(store.stats().health().isWritable());
          assertEquals(model, contents(store));
        }
        fresh.faults = Faults.none();
        assertNull(write(store, 0, model));
        assertTrue(store.stats().health().isWritable());
        assertEquals(model, contents(store));
      }
      assertEquals(model, DamageFixture.open(fresh, options()), "after write " + n);
    }
  }

  @Test
  @DisplayName("F49 fullDiskRefusesWritesAndTakesDeletions: and writes resume by themselves once there is room")
  void fullDiskRefusesWritesAndTakesDeletions() {
    try (EmbeddedStore store = open()) {
      Map<String, String> model = new TreeMap<>();
      store.put(bytes("first"), bytes("value"));
      disk.capacity = disk.used() + 20_000;
      WritesRefusedException refusal = null;
      for (int i = 0; refusal == null; i++) {
        try {
          store.put(bytes("key" + i), new byte[500]);
          model.put("key" + i, "");
        } catch (WritesRefusedException e) {
          refusal = e;
        }
      }
      assertEquals(Reason.DISK_FULL, refusal.reason());
      assertEquals(Outcome.NOT_APPLIED, refusal.outcome());
      for (String key : model.keySet()) {
        assertTrue(store.delete(bytes(key)).isPresent());
        assertFalse(store.contains(bytes(key)));
        assertThrows(WritesRefusedException.class, () -> store.put(bytes("late"), new byte[500]));
      }
      assertFalse(store.stats().health().isWritable());
      assertEquals(1, listener.all(StoreListener.WritesStopped.class).size());
      disk.capacity = Long.MAX_VALUE;
      store.put(bytes("late"), bytes("value"));
      assertTrue(store.stats().health().isWritable());
      assertEquals(1, listener.all(StoreListener.WritesResumed.class).size());
      assertTrue(disk.files.containsKey(FileNames.RESERVE));
    }
    assertEquals(Map.of("first", "value", "late", "value"), DamageFixture.open(disk, options()));
  }

  @Test
  @DisplayName("F46 tooManyOpenFilesInARolloverIsAClearErrorThatPasses")
  void tooManyOpenFilesInARolloverIsAClearErrorThatPasses() {
    Map<String, String> model = new TreeMap<>();
    try (EmbeddedStore store = open()) {
      store.put(bytes("first"), bytes("value"));
      model.put("first", "value");
      disk.faults = Faults.nth(Faults.Kind.CREATE, 0, new IOException("Too many open files"));
      KvException failure = write(store, 0, model);
      assertTrue(failure instanceof StoreIoException && failure.getMessage().contains("Too many open files"), () -> "" + failure);
      assertNull(write(store, 0, model));
      assertEquals(model, contents(store));
    }
    assertEquals(model, DamageFixture.open(disk, options()));
  }

  @Test
  @DisplayName("F46 tooManyOpenFilesInOpeningIsAClearErrorThatPasses")
  void tooManyOpenFilesInOpeningIsAClearErrorThatPasses() {
    DamageFixture fixture = DamageFixture.sealed();
    for (int n = 0; n < 6; n++) {
      fixture.disk.faults = Faults.nth(Faults.Kind.OPEN, n, new IOException("Too many open files"));
      StoreIoException failure = assertThrows(StoreIoException.class, () -> DamageFixture.open(fixture.disk, options()));
      assertTrue(failure.getMessage().contains("Too many open files"));
    }
    assertEquals(fixture.last(), DamageFixture.open(fixture.disk, options()));
  }

  @Test
  @DisplayName("F48 failedReadIsAnErrorAndNotAbsence")
  void failedReadIsAnErrorAndNotAbsence() {
    try (EmbeddedStore store = open()) {
      store.put(bytes("key"), bytes("value"));
      store.sync();
      disk.faults = Faults.nth(Faults.Kind.READ, 0, new IOException("Input/output error"));
      StoreIoException failure = assertThrows(StoreIoException.class, () -> store.get(bytes("key")));
      assertTrue(failure.getMessage().contains(FileNames.segment(1)));
      assertArrayEquals(bytes("value"), store.get(bytes("key")).orElseThrow());
    }
  }

  @Test
  @DisplayName("F53 outOfMemoryInOneWriteFailsThatWriteAlone")
  void outOfMemoryInOneWriteFailsThatWriteAlone() {
    try (EmbeddedStore store = KVStore.open(disk.hold(), options().withSegmentBytes(1 << 20))) {
      store.put(bytes("key"), bytes("value"));
      boolean[] isSpent = new boolean[1];
      disk.faults =
          call -> {
            if (call.kind() == Faults.Kind.WRITE && !isSpent[0]) {
              isSpent[0] = true;
              throw new OutOfMemoryError("a test's");
            }
          };
      assertThrows(OutOfMemoryError.class, () -> store.put(bytes("key"), new byte[300_000]));
      assertArrayEquals(bytes("value"), store.get(bytes("key")).orElseThrow());
      store.put(bytes("key"), bytes("next"));
    }
    assertEquals(Map.of("key", "next"), DamageFixture.open(disk, options()));
  }
}
