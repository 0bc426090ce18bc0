package io.bitkv.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Expiry;
import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.Versioned;
import io.bitkv.codec.resp.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is kept, how long, and above all what is not. */
class ValueCacheTest {

  private static final byte[] SPACE = {'0'};
  private static final long MAX_BYTES = 64 << 10;

  private long millis = 1_000;
  private long nanos;
  private final ValueCache cache =
      new ValueCache(CacheOptions.ofBytes(MAX_BYTES).maxAge(Duration.ofSeconds(10)), () -> Instant.ofEpochMilli(millis), () -> nanos);

  private static CacheKey key(String name) {
    return new CacheKey(SPACE, name.getBytes(UTF_8));
  }

  private static Versioned<byte[]> value(String text) {
    return new Versioned<>(text.getBytes(UTF_8), 1, Expiry.NONE);
  }

  private String found(String name) {
    Optional<Versioned<byte[]>> found = cache.find(key(name));
    return found == null ? "unknown" : found.map(value -> new String(value.value(), UTF_8)).orElse("absent");
  }

  private void read(String name, Versioned<byte[]> value) {
    cache.arrived(key(name), cache.begin(key(name)), value);
  }

  private static Reply.Push invalidation(String... keys) {
    List<Reply> names = List.of(keys).stream().<Reply>map(key -> new Reply.Bulk(key.getBytes(UTF_8))).toList();
    return new Reply.Push(List.of(new Reply.Bulk("invalidate".getBytes(UTF_8)), new Reply.ArrayReply(names)));
  }

  @Test
  void whatWasReadIsKeptAndSoIsAbsence() {
    assertEquals("unknown", found("k"));
    read("k", value("v"));
    read("none", null);
    assertEquals("v", found("k"));
    assertEquals("absent", found("none"));
    assertEquals(new CacheStats(2, 1, 0, 0, 2, 2L * CacheOptions.ENTRY_BYTES + 6), cache.stats());
  }

  @Test
  void aReadThatIsUnderWayWhenItsKeyChangesIsNotKept() {
    CacheCell.Flight flight = cache.begin(key("k"));
    cache.pushed(invalidation("k"));
    cache.arrived(key("k"), flight, value("old"));
    assertEquals("unknown", found("k"));
    CacheCell.Flight beforeTheWrite = cache.begin(key("k"));
    cache.forget(key("k"));
    CacheCell.Flight afterIt = cache.begin(key("k"));
    cache.arrived(key("k"), afterIt, value("new"));
    cache.arrived(key("k"), beforeTheWrite, value("old"));
    assertEquals("unknown", found("k"), "one of the two is newer, and nobody knows which");
  }

  @Test
  void ofReadsUnderWayTogetherTheFirstIsKeptUntilAnotherSawSomethingElse() {
    CacheCell.Flight one = cache.begin(key("k"));
    CacheCell.Flight other = cache.begin(key("k"));
    CacheCell.Flight third = cache.begin(key("k"));
    cache.arrived(key("k"), one, value("v"));
    cache.arrived(key("k"), other, value("v"));
    assertEquals("v", found("k"));
    cache.arrived(key("k"), third, value("w"));
    assertEquals("unknown", found("k"));
  }

  @Test
  void whatWasSeenElsewhereDropsWhatDiffers() {
    read("k", value("v"));
    cache.saw(key("k"), value("v"));
    cache.sawKey(key("k"));
    assertEquals("v", found("k"));
    cache.saw(key("k"), new Versioned<>(value("v").value(), 2, Expiry.NONE));
    assertEquals("unknown", found("k"));
    read("none", null);
    cache.sawKey(key("none"));
    assertEquals("unknown", found("none"));
    CacheCell.Flight flight = cache.begin(key("k"));
    cache.saw(key("k"), value("v"));
    cache.arrived(key("k"), flight, value("old"));
    assertEquals("unknown", found("k"));
  }

  @Test
  void theServersWordDropsAKeyOfEveryKeyspaceAndNoOther() {
    CacheKey named = new CacheKey("@users".getBytes(UTF_8), "k".getBytes(UTF_8));
    read("k", value("v"));
    read("other", value("v"));
    cache.arrived(named, cache.begin(named), value("v"));
    cache.pushed(new Reply.Push(List.of(new Reply.Bulk("message".getBytes(UTF_8)), new Reply.ArrayReply(List.of()))));
    assertNotNull(cache.find(named));
    cache.pushed(invalidation("never read", "k"));
    assertNull(cache.find(named));
    assertEquals("unknown", found("k"));
    assertEquals("v", found("other"));
    assertEquals(2, cache.stats().invalidations());
    cache.pushed(new Reply.Push(List.of(new Reply.Bulk("invalidate".getBytes(UTF_8)), new Reply.Null())));
    assertEquals("unknown", found("other"));
    assertEquals(0, cache.stats().bytes());
  }

  @Test
  void nothingIsKeptOfAConnectionThatIsLost() {
    read("k", value("v"));
    CacheCell.Flight flight = cache.begin(key("late"));
    cache.unreliable();
    cache.arrived(key("late"), flight, value("v"));
    assertEquals("unknown", found("k"));
    assertEquals("unknown", found("late"));
  }

  @Test
  void aReadWithoutAReplyLeavesNothing() {
    CacheCell.Flight flight = cache.begin(key("k"));
    cache.abandon(key("k"), flight);
    cache.arrived(key("k"), flight, value("v"));
    assertEquals("unknown", found("k"));
  }

  @Test
  void valuesAreNotShownWhenTheyHaveExpiredOrAreTooOld() {
    read("expiring", new Versioned<>(value("v").value(), 1, 1_500));
    CacheCell.Flight flight = cache.begin(key("old"));
    nanos = Duration.ofSeconds(5).toNanos();
    cache.arrived(key("old"), flight, value("v"));
    millis = 1_499;
    assertEquals("v", found("expiring"));
    millis = 1_500;
    assertEquals("unknown", found("expiring"));
    nanos = Duration.ofSeconds(10).toNanos();
    assertEquals("v", found("old"));
    nanos++;
    assertEquals("unknown", found("old"), "it counts from when it was asked for");
  }

  @Test
  void whatIsKeptNeverExceedsTheBoundAndWhatIsUsedStays() {
    read("used", value("v"));
    String kilobyte = "x".repeat(1024);
    for (int i = 0; i < 1000; i++) {
      assertEquals("v", found("used"));
      read("k" + i, value(kilobyte));
      assertTrue(cache.stats().bytes() <= MAX_BYTES, () -> cache.stats().toString());
    }
    CacheStats stats = cache.stats();
    assertEquals(1001, stats.entries() + stats.evictions());
    assertTrue(stats.entries() > 40, stats::toString);
    read("huge", value("x".repeat((int) MAX_BYTES / 4)));
    assertEquals("unknown", found("huge"));
  }

  @Test
  void aCacheThatCouldKeepNothingIsRefused() {
    assertThrows(InvalidOptionException.class, () -> CacheOptions.ofBytes(1000));
    assertThrows(InvalidOptionException.class, () -> CacheOptions.ofBytes(1 << 20).maxAge(Duration.ZERO));
  }
}
