package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.codec.resp.Reply;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A user of a soak: works at random on keys of its own, so many requests a second, through one
 * connection after the other, and compares every reply with a model.
 *
 * <p>When a key expires is known to within the time that setting it took, so that a reply is only
 * wrong if it is so at every moment between request and reply.
 */
final class SoakClient implements Runnable {

  private static final int KEYS = 1000;
  private static final int LONGEST_VALUE = 1000;
  private static final int LONGEST_TTL_SECONDS = 20;
  private static final int LONGEST_CONNECTION = 500;
  private static final int ONE_SCAN_IN = 1000;
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1) / 150;
  private static final long NEVER = Long.MAX_VALUE;

  /**
   * What a key holds.
   *
   * @param value its value
   * @param earliestEnd the first moment at which it may have expired
   * @param latestEnd the first moment at which it must have
   */
  private record Held(String value, long earliestEnd, long latestEnd) {}

  private final String name;
  private final int port;
  private final BooleanSupplier isOver;
  private final SplittableRandom random;
  private final Map<String, Held> model = new HashMap<>();
  private RespClient connection;
  private int requestsLeft;
  private long writes;
  private long counter;
  private long expiries;

  /**
   * Makes a user.
   *
   * @param number what tells it from others
   * @param isOver whether it is to stop
   */
  SoakClient(int number, int port, BooleanSupplier isOver) {
    name = "user" + number;
    this.port = port;
    this.isOver = isOver;
    random = new SplittableRandom(number);
  }

  @Override
  public void run() {
    long next = System.nanoTime();
    while (!isOver.getAsBoolean()) {
      if (requestsLeft-- <= 0) {
        reconnect();
      }
      step();
      next = Math.max(next + PERIOD_NANOS, System.nanoTime() - PERIOD_NANOS);
      LockSupport.parkNanos(next - System.nanoTime());
    }
    connection.close();
  }

  /** How many keys it found expired. */
  long expiries() {
    return expiries;
  }

  /** Compares all that a server holds of this user with the model. */
  void verify(int newPort) {
    try (RespClient client = new RespClient(newPort)) {
      connection = client;
      scan();
      for (int i = 0; i < KEYS; i++) {
        get(key(i));
      }
      assertEquals(counter == 0 ? "null" : Long.toString(counter), client.text("GET", counterKey()));
    }
  }

  private void step() {
    String key = key(random.nextInt(KEYS));
    if (random.nextInt(ONE_SCAN_IN) == 0) {
      scan();
      return;
    }
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4 -> set(key);
      case 5, 6 -> setWithExpiry(key);
      case 7, 8 -> delete(key);
      case 9, 10 -> expire(key);
      case 11, 12 -> transaction(key);
      default -> get(key);
    }
  }

  private String key(int number) {
    return name + ":" + number;
  }

  private String counterKey() {
    return name + ":count";
  }

  private String newValue() {
    return ++writes + "x".repeat(random.nextInt(LONGEST_VALUE));
  }

  private void get(String key) {
    long before = System.currentTimeMillis();
    Reply reply = connection.call("GET", key);
    boolean isThere = !(reply instanceof Reply.Null);
    meet(key, isThere, before);
    if (isThere) {
      assertEquals(model.get(key).value(), RespClient.text(reply), key);
    }
  }

  private void set(String key) {
    String value = newValue();
    assertEquals("OK", connection.text("SET", key, value));
    model.put(key, new Held(value, NEVER, NEVER));
  }

  private void setWithExpiry(String key) {
    String value = newValue();
    long millis = 1 + random.nextInt(LONGEST_TTL_SECONDS * 1000);
    long before = System.currentTimeMillis();
    assertEquals("OK", connection.text("SET", key, value, "PX", Long.toString(millis)));
    model.put(key, new Held(value, before + millis, System.currentTimeMillis() + millis));
  }

  private void delete(String key) {
    long before = System.currentTimeMillis();
    meet(key, connection.text("DEL", key).equals("1"), before);
    model.remove(key);
  }

  private void expire(String key) {
    int seconds = 1 + random.nextInt(LONGEST_TTL_SECONDS);
    long millis = TimeUnit.SECONDS.toMillis(seconds);
    long before = System.currentTimeMillis();
    meet(key, connection.text("EXPIRE", key, Integer.toString(seconds)).equals("1"), before);
    long after = System.currentTimeMillis();
    model.computeIfPresent(
        key, (same, held) -> new Held(held.value(), before + millis, after + millis));
  }

  private void transaction(String key) {
    String value = newValue();
    assertEquals("OK", connection.text("MULTI"));
    assertEquals("QUEUED", connection.text("SET", key, value));
    assertEquals("QUEUED", connection.text("INCR", counterKey()));
    assertEquals("QUEUED", connection.text("GET", key));
    assertEquals(List.of("OK", ++counter, value).toString(), connection.text("EXEC"));
    model.put(key, new Held(value, NEVER, NEVER));
  }

  /** Goes through all keys; those that were there all the while are met, and no others. */
  private void scan() {
    long before = System.currentTimeMillis();
    Set<String> met = new HashSet<>();
    String cursor = "0";
    do {
      Reply.ArrayReply page =
          (Reply.ArrayReply)
              connection.call("SCAN", cursor, "MATCH", name + ":[0-9]*", "COUNT", "500");
      cursor = RespClient.text(page.elements().get(0));
      for (Reply key : ((Reply.ArrayReply) page.elements().get(1)).elements()) {
        met.add(RespClient.text(key));
      }
    } while (!cursor.equals("0"));
    long after = System.currentTimeMillis();
    for (Map.Entry<String, Held> entry : model.entrySet()) {
      boolean isStillThere = after < entry.getValue().earliestEnd();
      assertTrue(!isStillThere || met.contains(entry.getKey()), () -> "SCAN left out " + entry);
    }
    for (String key : met) {
      Held held = model.get(key);
      assertTrue(held != null && before < held.latestEnd(), () -> key + " is no key: " + held);
    }
  }

  /** Compares with the model whether a key was there, at some moment from the given one until now. */
  private void meet(String key, boolean isThere, long before) {
    Held held = model.get(key);
    if (isThere) {
      assertTrue(held != null && before < held.latestEnd(), () -> key + " is there: " + held);
    } else if (held != null) {
      assertTrue(System.currentTimeMillis() >= held.earliestEnd(), () -> key + " is lost: " + held);
      model.remove(key);
      expiries++;
    }
  }

  /** Ends the connection in one of the ways that connections end, and opens another one. */
  private void reconnect() {
    if (connection != null) {
      switch (random.nextInt(4)) {
        case 0 -> assertEquals("OK", connection.text("QUIT"));
        case 1 -> connection.send("*2\r\n$3\r\nGET\r\n$100\r\nhalf a request");
        case 2 -> connection.text("MULTI");
        default -> connection.reset();
      }
      connection.close();
    }
    connection = new RespClient(port);
    requestsLeft = 1 + random.nextInt(LONGEST_CONNECTION);
  }
}
