package io.bitkv.client;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.InvalidOptionException;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options that cannot be used are refused where they are set, with a text that says what can. */
class KvClientBuilderTest {

  @ParameterizedTest
  @CsvSource({
    "kv://host, false, host, 6379, 0",
    "kvs://host, true, host, 6379, 0",
    "KVS://host:7000/, true, host, 7000, 0",
    "kv://host:1/1023, false, host, 1, 1023",
    "kv://[::1]:7000/3, false, ::1, 7000, 3",
    "kv://127.0.0.1, false, 127.0.0.1, 6379, 0"
  })
  void anAddressNamesServerPortAndDatabase(String text, boolean isEncrypted, String host, int port, int database) {
    assertEquals(new KvUri(isEncrypted, null, null, host, port, database), KvUri.parse(text));
  }

  @Test
  void anAddressMayHoldCredentialsInAnyCharacters() {
    KvUri uri = KvUri.parse("kv://ada:p%40ss+w%2Frd:x@host");
    assertEquals("ada", uri.user());
    assertEquals("p@ss+w/rd:x", uri.password());
    assertEquals("", KvUri.parse("kv://:secret@host").user());
    assertNull(KvUri.parse("kv://ada@host").password());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host", "redis://secret@host", "http://secret@host", "kv:host", "kv:///secret", "kv://secret host", "kv://secret@host/x", "kv://secret@host/-1",
        "kv://secret@host/1024", "kv://secret@host/99999999999", "kv://secret@host?x=1", "kv://secret@host#x", "kv://secret@"
      })
  void anotherAddressIsRefusedWithTheFormItMustHaveAndWithoutItsSecrets(String text) {
    InvalidOptionException refused = assertThrows(InvalidOptionException.class, () -> KvClient.builder(text));
    assertTrue(refused.getMessage().contains("kv://[user[:password]@]host[:port][/database]"), refused::getMessage);
    assertFalse(refused.getMessage().contains("secret"), refused::getMessage);
  }

  @Test
  void valuesOutOfRangeAreRefusedByName() {
    assertAll(
        () -> refused("connect timeout", builder -> builder.connectTimeout(Duration.ZERO)),
        () -> refused("deadline", builder -> builder.deadline(Duration.ofNanos(999_999))),
        () -> refused("deadline", builder -> builder.deadline(Duration.ofDays(366))),
        () -> refused("back-off", builder -> builder.backoff(Duration.ZERO, Duration.ofSeconds(1))),
        () -> refused("back-off", builder -> builder.backoff(Duration.ofSeconds(2), Duration.ofSeconds(1))),
        () -> refused("back-off", builder -> builder.backoff(Duration.ofSeconds(2), Duration.ofHours(2))),
        () -> refused("number of connections", builder -> builder.connections(0)),
        () -> refused("number of connections", builder -> builder.connections(65)),
        () -> refused("number of pending calls", builder -> builder.maxPending(0)),
        () -> refused("number of pending calls", builder -> builder.maxPending((1 << 20) + 1)),
        () -> refused("number of unsent bytes", builder -> builder.maxUnsentBytes(0)),
        () -> refused("client's name", builder -> builder.clientName("")),
        () -> refused("client's name", builder -> builder.clientName("my client")),
        () -> refused("client's name", builder -> builder.clientName("clïent")),
        () -> refused("kvs://", builder -> tls(builder)));
  }

  private static void tls(KvClientBuilder builder) {
    try {
      builder.tls(SSLContext.getDefault());
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void refused(String name, Consumer<KvClientBuilder> setting) {
    InvalidOptionException refused = assertThrows(InvalidOptionException.class, () -> setting.accept(KvClient.builder("kv://host")));
    assertTrue(refused.getMessage().contains(name), refused::getMessage);
  }

  @Test
  void whatIsMissingIsRefusedAtOnce() {
    KvClientBuilder builder = KvClient.builder("kvs://host");
    assertAll(
        () -> assertThrows(NullPointerException.class, () -> KvClient.builder(null)),
        () -> assertThrows(NullPointerException.class, () -> builder.credentials(null)),
        () -> assertThrows(NullPointerException.class, () -> builder.credentials(null, () -> "secret")),
        () -> assertThrows(NullPointerException.class, () -> builder.tls(null)),
        () -> assertThrows(NullPointerException.class, () -> builder.listener(null)));
  }

  @Test
  void pausesGrowToTheirBoundAndAreNeverShorterThanHalf() {
    Backoff backoff = Backoff.of(Duration.ofMillis(20), Duration.ofSeconds(1));
    for (int repetition = 1; repetition < 100; repetition++) {
      long due = Math.min(1_000_000_000L, 20_000_000L << Math.min(20, repetition - 1));
      for (int i = 0; i < 100; i++) {
        long delay = backoff.delayNanos(repetition);
        assertTrue(delay >= due / 2 && delay <= due, "pause " + repetition + " is " + delay + " ns");
      }
    }
    Backoff longest = Backoff.of(Duration.ofHours(1), Duration.ofHours(1));
    assertTrue(longest.delayNanos(100) >= Duration.ofMinutes(30).toNanos());
  }
}
