package clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.BitFieldSubCommands;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.support.atomic.RedisAtomicLong;

/** The string operations of Spring Data Redis, over Lettuce. */
@Timeout(120)
class SpringDataRedisTest extends SpringSetup {

  @Test
  void valuesAreSetGotAndDeleted() {
    values.set("key", "value");
    assertEquals("value", values.get("key"));
    assertEquals(5, values.size("key"));
    assertEquals("value", values.getAndSet("key", "other"));
    assertEquals("other", values.getAndDelete("key"));
    assertNull(values.get("key"));
    values.set("key", "");
    assertEquals("", values.get("key"));
    assertTrue(template.delete("key"));
    assertFalse(template.delete("key"));
    assertFalse(template.hasKey("key"));
  }

  @Test
  void valuesAreSetOnCondition() {
    assertFalse(values.setIfPresent("key", "1"));
    assertTrue(values.setIfAbsent("key", "2", Duration.ofMinutes(5)));
    assertFalse(values.setIfAbsent("key", "3"));
    assertTrue(values.setIfPresent("key", "4", Duration.ofMinutes(9)));
    assertEquals("4", values.get("key"));
    assertTrue(template.getExpire("key", TimeUnit.SECONDS) > 300);
  }

  @Test
  void manyValuesAreSetAndGotAtOnce() {
    values.multiSet(Map.of("a", "1", "b", "2"));
    assertEquals(Arrays.asList("2", null, "1"), values.multiGet(List.of("b", "none", "a")));
    assertFalse(values.multiSetIfAbsent(Map.of("b", "3", "c", "4")));
    assertFalse(template.hasKey("c"));
    assertTrue(values.multiSetIfAbsent(Map.of("c", "3", "d", "4")));
    assertEquals(3, template.countExistingKeys(List.of("a", "c", "d", "none")));
    assertEquals(2, template.unlink(List.of("a", "c")));
  }

  @Test
  void expiriesAreSetToldAndTakenAway() {
    values.set("key", "value", Duration.ofSeconds(100));
    assertTrue(template.getExpire("key") > 90);
    assertEquals("value", values.getAndPersist("key"));
    assertEquals(-1, template.getExpire("key"));
    assertEquals("value", values.getAndExpire("key", Duration.ofMillis(500_000)));
    assertTrue(template.getExpire("key", TimeUnit.MILLISECONDS) > 400_000);
    assertTrue(template.persist("key"));
    assertTrue(template.expire("key", Duration.ofHours(1)));
    assertEquals(-2, template.getExpire("none"));
    assertTrue(template.expire("key", Duration.ZERO));
    assertFalse(template.hasKey("key"));
  }

  @Test
  void countersAndPartsOfValuesAreChanged() {
    assertEquals(1, values.increment("n"));
    assertEquals(-4, values.decrement("n", 5));
    assertEquals(1.5, values.increment("f", 1.5));
    assertEquals(10, new RedisAtomicLong("atomic", connections, 3).addAndGet(7));
    assertEquals(5, values.append("key", "hello"));
    values.set("key", "EY", 1);
    assertEquals("hEYlo", values.get("key"));
    assertEquals("EYl", values.get("key", 1, 3));
    assertFalse(values.setBit("bits", 7, true));
    assertTrue(values.getBit("bits", 7));
    assertEquals(
        List.of(0L, 12L),
        values.bitField(
            "field",
            BitFieldSubCommands.create()
                .set(BitFieldSubCommands.BitFieldType.unsigned(8))
                .valueAt(8)
                .to(12)
                .get(BitFieldSubCommands.BitFieldType.unsigned(8))
                .valueAt(8)));
  }

  @Test
  void keysAreFoundRenamedCopiedAndMoved() {
    for (int i = 0; i < 500; i++) {
      values.set("key:" + i, "v");
    }
    values.set("other", "value");
    assertEquals(500, template.keys("key:*").size());
    Set<String> met = new TreeSet<>();
    ScanOptions options = ScanOptions.scanOptions().match("key:*").count(50).build();
    try (Cursor<String> cursor = template.scan(options)) {
      cursor.forEachRemaining(met::add);
    }
    assertEquals(500, met.size());
    template.rename("other", "renamed");
    assertTrue(template.copy("renamed", "copy", false));
    assertFalse(template.renameIfAbsent("copy", "renamed"));
    byte[] dump = template.dump("copy");
    template.restore("restored", dump, 0, TimeUnit.MILLISECONDS);
    assertEquals("value", values.get("restored"));
    assertTrue(template.move("copy", DATABASE + 1));
    assertFalse(template.hasKey("copy"));
    assertEquals("string", template.type("renamed").code());
    assertTrue(template.hasKey(template.randomKey()));
  }

  @Test
  void transactionIsAppliedWholeUnlessAWatchedKeyChanges() {
    values.set("from", "10");
    assertEquals(List.of(7L, 3L), transfer(() -> {}));
    assertEquals(List.of(), transfer(() -> values.set("from", "100")));
    assertEquals(List.of("100", "3"), values.multiGet(List.of("from", "to")));
  }

  private static List<Object> transfer(Runnable meanwhile) {
    return template.execute(
        new SessionCallback<List<Object>>() {
          @Override
          @SuppressWarnings("unchecked")
          public <K, V> List<Object> execute(RedisOperations<K, V> operations)
              throws DataAccessException {
            RedisOperations<String, String> session = (RedisOperations<String, String>) operations;
            session.watch("from");
            meanwhile.run();
            session.multi();
            session.opsForValue().decrement("from", 3);
            session.opsForValue().increment("to", 3);
            return session.exec();
          }
        });
  }

  @Test
  void pipelineAnswersInOrder() {
    List<Object> replies =
        template.executePipelined(
            (RedisCallback<Object>)
                connection -> {
                  for (int i = 0; i < 1000; i++) {
                    connection.stringCommands().incr("n".getBytes());
                  }
                  return null;
                });
    assertEquals(1000, replies.size());
    assertEquals(1000L, replies.get(999));
  }
}
