package io.bitkv.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.StoreOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The system is told how segments are read, where native calls are allowed. */
@EnabledOnOs(OS.LINUX)
class AdviceTest {
  /** MADV_PAGEOUT: has pages taken out of memory. */
  private static final int PAGE_OUT = 21;

  /** File systems whose files need not be in memory. */
  private static final Set<String> ON_DISKS = Set.of("ext4", "xfs", "btrfs");

  private static final int BYTES = 4 << 20;

  private static final int VALUE_BYTES = 200_000;

  private final byte[] content = new byte[BYTES];

  @TempDir Path folder;

  /** The advice, once it is linked. */
  private static Advice advice() {
    CompletableFuture<Advice> linked = new CompletableFuture<>();
    Advice.whenLinked(linked::complete);
    return assertDoesNotThrow(() -> linked.get(60, TimeUnit.SECONDS));
  }

  @BeforeAll
  static void link() {
    advice();
  }

  /** Whether the mappings of a file, in the order of their addresses, are for random reads, as Linux tells. */
  private static List<Boolean> areRandom(Path file) throws IOException {
    List<Boolean> found = new ArrayList<>();
    boolean isOfFile = false;
    for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
      if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
        isOfFile = line.endsWith(" " + file.toRealPath());
      } else if (isOfFile && line.startsWith("VmFlags:")) {
        found.add(Arrays.asList(line.split(" +")).contains("rr"));
      }
    }
    return found;
  }

  private static void assertAllRandom(Path file) throws IOException {
    List<Boolean> areRandom = areRandom(file);
    assertTrue(!areRandom.isEmpty() && !areRandom.contains(false), file + ": " + areRandom);
  }

  /** Opens a store on a machine where only so many bytes of files fit in memory. */
  private EmbeddedStore open(StoreOptions options, long cacheBytes) {
    KVStore store = KVStore.open(options.isReadOnly() ? ReadOnlyDisk.open(folder) : FileDisk.open(folder), options);
    store.segments().serve(0, () -> cacheBytes);
    return store;
  }

  @Test
  @DisplayName("segmentsOfAnOpenStoreAreMappedForRandomReads: growing, sealed, merged, opened again, or only read")
  void segmentsOfAnOpenStoreAreMappedForRandomReads() throws IOException {
    StoreOptions options = TestStores.options().withSegmentBytes(BYTES);
    byte[] value = new byte[VALUE_BYTES];
    try (EmbeddedStore store = open(options, 0)) {
      for (int i = 0; i < 30; i++) {
        store.put(TestStores.bytes("key" + i % 12), value);
      }
      assertAllRandom(folder.resolve(FileNames.segment(1)));
      assertAllRandom(folder.resolve(FileNames.segment(2)));
      store.merges().run(true);
      assertLargeOnesAreRandom();
    }
    for (StoreOptions how : List.of(options, options.withReadOnly(true))) {
      try (EmbeddedStore store = open(how, 0)) {
        assertEquals(12, store.stats().keys());
        assertLargeOnesAreRandom();
      }
    }
  }

  private void assertLargeOnesAreRandom() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(found -> found.toString().endsWith(".data")).toList()) {
        assertEquals(Files.size(file) >= 1 << 20, areRandom(file).contains(true), file.toString());
      }
    }
  }

  private FileStore write() throws IOException {
    new Random(1).nextBytes(content);
    FileStore store =
        FileStore.open(folder.resolve("file"), StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    store.write(ByteBuffer.wrap(content), 0);
    store.sync();
    return store;
  }

  @Test
  @DisplayName("logThatFitsInMemoryIsReadAhead: it is there the sooner; only when it has grown larger are single pages brought")
  void logThatFitsInMemoryIsReadAhead() throws IOException {
    try (EmbeddedStore store = open(TestStores.options().withSegmentBytes(BYTES), 3L * BYTES)) {
      fill(store, 2);
      assertFalse(areRandom(folder.resolve(FileNames.segment(1))).contains(true));
      fill(store, 4);
      assertTrue(areRandom(folder.resolve(FileNames.segment(1))).contains(true));
    }
  }

  /** Puts as many values as fill some segments. */
  private static void fill(EmbeddedStore store, int segments) {
    for (int i = 0; i < segments * BYTES / VALUE_BYTES; i++) {
      store.put(TestStores.bytes("key" + i), new byte[VALUE_BYTES]);
    }
  }

  @Test
  @DisplayName("whatIsReadInSequenceIsNotAdvised: while a store is opened, and by who checks its files")
  void whatIsReadInSequenceIsNotAdvised() throws IOException {
    try (FileStore store = write();
        SegmentBytes bytes = new SegmentBytes(store)) {
      bytes.mapWhole(BYTES);
      assertEquals(List.of(false), areRandom(folder.resolve("file")));
      bytes.expectRandomReads(advice());
      assertEquals(List.of(true), areRandom(folder.resolve("file")));
    }
  }

  /** Takes a file out of memory, as far as the system can. */
  private static void evict(FileStore store) throws Throwable {
    FunctionDescriptor type = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
    MethodHandle madvise = NativeCalls.link("madvise", type);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mapping = store.map(0, BYTES, arena);
      mapping.load();
      int ignored = (int) madvise.invokeExact(mapping, mapping.byteSize(), PAGE_OUT);
    }
  }

  @Test
  @Timeout(60)
  @DisplayName("whatIsAnnouncedIsBrought: from the disk, without being read")
  void whatIsAnnouncedIsBrought() throws Throwable {
    try (Arena arena = Arena.ofConfined();
        FileStore store = write();
        SegmentBytes bytes = new SegmentBytes(store)) {
      evict(store);
      MemorySegment witness = store.map(0, BYTES, arena).asSlice(1 << 20, 2 << 20);
      bytes.mapWhole(BYTES);
      bytes.expectRandomReads(advice());
      assertTrue(!witness.isLoaded() || !ON_DISKS.contains(Files.getFileStore(folder).type()));
      bytes.announce(1 << 20, 2 << 20);
      while (!witness.isLoaded()) {
        assertFalse(Thread.interrupted(), "it has not come within the time limit");
      }
    }
  }

  @Test
  @DisplayName("largeReadFromTheDiskIsWhole: whatever part of it is in memory")
  void largeReadFromTheDiskIsWhole() throws Throwable {
    try (FileStore store = write();
        SegmentBytes bytes = new SegmentBytes(store)) {
      evict(store);
      bytes.mapWhole(BYTES);
      bytes.expectRandomReads(advice());
      byte[] target = new byte[1_200_000];
      for (int from = 0; from + target.length <= BYTES; from += 700_001) {
        assertEquals(target.length - 7, bytes.read(from, target, 7, target.length - 7));
        assertArrayEquals(Arrays.copyOfRange(content, from, from + target.length - 7), Arrays.copyOfRange(target, 7, target.length));
      }
    }
  }
}
