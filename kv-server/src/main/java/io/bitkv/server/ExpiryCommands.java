package io.bitkv.server;

import io.bitkv.api.Expiry;
import io.bitkv.api.Keyspace;
import io.bitkv.api.ValueView;
import java.util.List;
import java.util.Optional;

/** Commands about when keys expire: EXPIRE, TTL and their kin. */
final class ExpiryCommands {

  /** What TTL and its kin answer for a key that does not exist. */
  private static final long NO_KEY = -2;

  /** What TTL and its kin answer for a key that does not expire. */
  private static final long NO_EXPIRY = -1;

  private static final String EXPIRE_OPTIONS = " [condition: NX | XX | GT | LT]";

  private static final Command EXPIRE =
      expireCommand(
          "expire", "1.0.0", "seconds", "after some seconds", ExpiryArguments.Form.SECONDS);

  private static final Command PEXPIRE =
      expireCommand(
          "pexpire",
          "2.6.0",
          "milliseconds",
          "after some milliseconds",
          ExpiryArguments.Form.MILLIS);

  private static final Command EXPIREAT =
      expireCommand(
          "expireat",
          "1.2.0",
          "unix-time-seconds",
          "at a time in seconds",
          ExpiryArguments.Form.UNIX_SECONDS);

  private static final Command PEXPIREAT =
      expireCommand(
          "pexpireat",
          "2.6.0",
          "unix-time-milliseconds",
          "at a time in milliseconds",
          ExpiryArguments.Form.UNIX_MILLIS);

  private static final Command TTL =
      ttlCommand(
          "ttl",
          "1.0.0",
          "Returns how many seconds a key still has.",
          "nondeterministic_output",
          call -> replyTime(call, 1000, true));

  private static final Command PTTL =
      ttlCommand(
          "pttl",
          "2.6.0",
          "Returns how many milliseconds a key still has.",
          "nondeterministic_output",
          call -> replyTime(call, 1, true));

  private static final Command EXPIRETIME =
      ttlCommand(
          "expiretime",
          "7.0.0",
          "Returns when a key expires, in seconds.",
          "",
          call -> replyTime(call, 1000, false));

  private static final Command PEXPIRETIME =
      ttlCommand(
          "pexpiretime",
          "7.0.0",
          "Returns when a key expires, in milliseconds.",
          "",
          call -> replyTime(call, 1, false));

  private ExpiryCommands() {}

  static List<Command> commands() {
    return List.of(
        EXPIRE, PEXPIRE, EXPIREAT, PEXPIREAT, TTL, PTTL, EXPIRETIME, PEXPIRETIME, PERSIST);
  }

  /** Whether a key exists and expires. */
  static boolean hasExpiry(Keyspace db, byte[] key) {
    return db.read(key, ValueView::expiresAtMillis).orElse(Expiry.NONE) != Expiry.NONE;
  }

  private static Command expireCommand(
      String name, String since, String time, String when, ExpiryArguments.Form form) {
    return Command.named(name, -3, "write fast", call -> expire(call, form))
        .key(1, "RW update")
        .docs(
            "generic",
            since,
            "O(1)",
            "Lets a key expire " + when + ".",
            "key " + time + EXPIRE_OPTIONS);
  }

  private static Command ttlCommand(
      String name, String since, String summary, String tips, CommandHandler handler) {
    return Command.named(name, 2, "readonly fast", handler)
        .key(1, "RO access")
        .tips(tips)
        .docs("generic", since, "O(1)", summary, "key");
  }

  private static void expire(Call call, ExpiryArguments.Form form) {
    ExpireCondition condition = ExpireCondition.of(call.arguments());
    long millis = ExpiryArguments.any(call, 2, form);
    byte[] key = call.arguments().key(1);
    call.reply()
        .writeInteger(call.atomically(key, db -> expire(db, key, millis, condition)) ? 1 : 0);
  }

  private static boolean expire(Keyspace db, byte[] key, long millis, ExpireCondition condition) {
    Optional<Long> current = db.read(key, ValueView::expiresAtMillis);
    if (current.isEmpty() || !condition.holds(current.get(), millis)) {
      return false;
    }
    if (millis <= 0) {
      db.delete(key);
    } else {
      db.expire(key, new Expiry.At(millis));
    }
    return true;
  }

  private static void replyTime(Call call, long unitMillis, boolean isRelative) {
    Optional<Long> expiry = call.db().read(call.arguments().key(1), ValueView::expiresAtMillis);
    call.stats().read(expiry.isPresent());
    if (expiry.isEmpty()) {
      call.reply().writeInteger(NO_KEY);
    } else if (expiry.get() == Expiry.NONE) {
      call.reply().writeInteger(NO_EXPIRY);
    } else {
      long millis =
          isRelative ? Math.max(0, expiry.get() - call.server().clock().millis()) : expiry.get();
      boolean isRoundedUp = unitMillis > 1 && millis % unitMillis >= unitMillis / 2;
      call.reply().writeInteger(millis / unitMillis + (isRoundedUp ? 1 : 0));
    }
  }

  private static final Command PERSIST =
      Command.named("persist", 2, "write fast", ExpiryCommands::persist)
          .key(1, "RW update")
          .docs("generic", "2.2.0", "O(1)", "Lets a key live until it is deleted.", "key");

  private static void persist(Call call) {
    byte[] key = call.arguments().key(1);
    boolean isChanged =
        call.atomically(
            key, db -> hasExpiry(db, key) && db.expire(key, Expiry.never()).isPresent());
    call.reply().writeInteger(isChanged ? 1 : 0);
  }
}
