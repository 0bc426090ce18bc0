package io.bitkv.engine;

import static io.bitkv.engine.DirectoryFixture.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.StoreClosedException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the off-heap directory promises beyond the contract: little memory, and stripes as blocks. */
class CompactKeyDirectoryTest {
  private static final int STRIPES = 512;
  private static final int KEYS = 200_000;

  private final DirectoryFixture fixture = new DirectoryFixture(DirectoryKind.COMPACT, STRIPES);
  private final CompactKeyDirectory directory = (CompactKeyDirectory) fixture.directory;

  @AfterEach
  void close() {
    fixture.close();
  }

  private static KeySlice lower(int number) {
    return key("lower-" + number, DirectoryFixture.mix(number) >>> 1);
  }

  private static KeySlice upper(int number) {
    return key("upper-" + number, DirectoryFixture.mix(number) >>> 1 | Long.MIN_VALUE);
  }

  private static long locationOf(KeySlice key) {
    return EntryLocation.of(1, key.hash() & EntryLocation.MAX_OFFSET, false);
  }

  private void insert(int count, IntFunction<KeySlice> keys) {
    for (int i = 0; i < count; i++) {
      KeySlice key = keys.apply(i);
      fixture.locked(key, () -> {
        directory.insert(key, locationOf(key));
        return null;
      });
    }
  }

  private void remove(int count, IntFunction<KeySlice> keys) {
    for (int i = 0; i < count; i++) {
      KeySlice key = keys.apply(i);
      assertTrue(fixture.locked(key, () -> directory.remove(key, locationOf(key))));
    }
  }

  @Test
  void aKeyTakesAtMostSeventeenBytes() {
    insert(KEYS, DirectoryFixture::key);
    double bytes = (double) directory.memoryBytes() / KEYS;
    assertTrue(bytes >= TagSlots.SLOT_BYTES && bytes <= 17, bytes + " bytes a key");
  }

  @Test
  void anEmptyDirectoryTakesNextToNothing() {
    assertTrue(directory.memoryBytes() < 16 * 1024, directory.memoryBytes() + " bytes");
  }

  @Test
  void memoryOfRemovedKeysServesOtherStripes() {
    int count = KEYS / 8;
    insert(count, CompactKeyDirectoryTest::lower);
    long first = directory.memoryBytes();
    for (int round = 0; round < 3; round++) {
      remove(count, CompactKeyDirectoryTest::lower);
      insert(count, CompactKeyDirectoryTest::upper);
      remove(count, CompactKeyDirectoryTest::upper);
      insert(count, CompactKeyDirectoryTest::lower);
      assertEquals(count, directory.size());
      assertTrue(directory.memoryBytes() <= first * 1.1, directory.memoryBytes() + " after " + first);
    }
  }

  @Test
  void aStripeComesBackFromItsBlock() {
    IntStream.range(0, 5000).forEach(i -> fixture.put(key(i), i % 2 == 0));
    IntStream.range(0, 10).forEach(i -> fixture.put(key("twin-" + i, key(1).hash())));
    fixture.locks.lockEvery();
    try (CompactKeyDirectory other = new CompactKeyDirectory(fixture.locks)) {
      for (int stripe = 0; stripe < STRIPES; stripe++) {
        MemorySegment block = MemorySegment.ofArray(new byte[(int) directory.blockBytesOf(stripe)]);
        directory.exportStripe(stripe, block);
        other.importStripe(stripe, block);
      }
      assertEquals(5010, other.size());
      assertEquals(directory.expiringCount(), other.expiringCount());
      for (int i = 0; i < 5000; i++) {
        assertEquals(fixture.find(key(i)), other.find(key(i), fixture.log.matcher(key(i))));
      }
    } finally {
      fixture.locks.unlockEvery();
    }
  }

  @Test
  void aBlockThatIsNoStripeIsRefused() {
    KeySlice low = key("low", 0);
    KeySlice high = key("high", 1L << 40);
    fixture.put(low);
    fixture.put(high);
    byte[] bytes = new byte[(int) directory.blockBytesOf(0)];
    fixture.locked(low, () -> {
      directory.exportStripe(0, MemorySegment.ofArray(bytes));
      return null;
    });
    assertThrows(IllegalArgumentException.class, () -> directory.importStripe(7, MemorySegment.ofArray(bytes).asSlice(0, 15)));
    assertThrows(IllegalArgumentException.class, () -> directory.importStripe(7, MemorySegment.ofArray(bytes).asSlice(0, bytes.length - 1)));
    for (int number = 0; number < StripeBlocks.HEADER_BYTES; number += Integer.BYTES) {
      for (int wrong : new int[] {-1, TagSlots.SLOTS + 1}) {
        MemorySegment block = MemorySegment.ofArray(bytes.clone());
        block.set(TagSlots.TAG, number, wrong);
        assertThrows(IllegalArgumentException.class, () -> directory.importStripe(7, block), () -> "number at " + block);
      }
    }
    assertEquals(0, directory.sizeOf(7));
    assertThrows(IllegalStateException.class, () -> directory.importStripe(0, MemorySegment.ofArray(bytes)));
    assertEquals(2, directory.sizeOf(0));
  }

  @Test
  void aClosedDirectorySaysSo() {
    CompactKeyDirectory other = new CompactKeyDirectory(fixture.locks);
    KeySlice key = key(1);
    fixture.locked(key, () -> {
      other.insert(key, 7);
      return null;
    });
    other.close();
    String message = assertThrows(StoreClosedException.class, () -> other.find(key, fixture.log.matcher(key))).getMessage();
    assertEquals("the store is closed; open it again", message);
  }
}
