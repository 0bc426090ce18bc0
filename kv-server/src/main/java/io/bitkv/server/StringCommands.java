package io.bitkv.server;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.Keyspace;
import io.bitkv.api.Put;
import java.util.List;
import java.util.Optional;

/** Commands that read and write the whole string of a key: GET, SET and their kin. */
final class StringCommands {

  private static final String EXPIRY_SYNTAX =
      "EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds";

  private StringCommands() {}

  static List<Command> commands() {
    return List.of(GET, SET, SETNX, SETEX, PSETEX, GETSET, GETEX, GETDEL);
  }

  private static final Command GET =
      Command.named("get", 2, "readonly fast", StringCommands::get)
          .key(1, "RO access")
          .docs("string", "1.0.0", "O(1)", "Returns the string of a key.", "key");

  private static void get(Call call) {
    call.replyValue(call.arguments().key(1));
  }

  private static final Command SET =
      Command.named("set", -3, "write denyoom", StringCommands::set)
          .key(1, "RW access update variable_flags")
          .keysFoundBy(StringCommands::keyOfSet)
          .docs(
              "string",
              "1.0.0",
              "O(1)",
              "Sets the string of a key, whatever it was before, and when it expires.",
              "key value [condition: NX | XX] [GET] [expiration: " + EXPIRY_SYNTAX + " | KEEPTTL]");

  /** Reads the key's value only if it is asked for. */
  private static void keyOfSet(Arguments arguments, KeyFinder.Visitor visitor) {
    boolean isRead = false;
    for (int i = 3; i < arguments.count(); i++) {
      isRead |= arguments.is(i, "GET");
    }
    visitor.key(1, isRead, true);
  }

  private static void set(Call call) {
    Arguments arguments = call.arguments();
    byte[] key = arguments.key(1);
    byte[] value = arguments.bytes(2);
    if (arguments.count() == 3) {
      call.db().put(key, value);
      call.reply().writeOk();
      return;
    }
    SetOptions options = SetOptions.ofSet(arguments);
    Put put = Put.always().when(options.condition()).expiring(options.expiry(call));
    if (options.isGet()) {
      replyOld(call, call.atomically(key, db -> swap(db, key, value, put)));
    } else if (call.db().put(key, value, put).isPresent()) {
      call.reply().writeOk();
    } else {
      call.reply().writeNull();
    }
  }

  private static final Command SETNX =
      Command.named("setnx", 3, "write denyoom fast", StringCommands::setnx)
          .key(1, "OW insert")
          .docs(
              "string",
              "1.0.0",
              "O(1)",
              "Sets the string of a key that does not exist.",
              "key value");

  private static void setnx(Call call) {
    Arguments arguments = call.arguments();
    boolean isSet = call.db().put(arguments.key(1), arguments.bytes(2), Put.ifAbsent()).isPresent();
    call.reply().writeInteger(isSet ? 1 : 0);
  }

  private static final Command SETEX =
      Command.named(
              "setex", 4, "write denyoom", call -> setExpiring(call, ExpiryArguments.Form.SECONDS))
          .key(1, "OW update")
          .docs(
              "string",
              "2.0.0",
              "O(1)",
              "Sets the string of a key and its time to live.",
              "key seconds value");

  private static final Command PSETEX =
      Command.named(
              "psetex", 4, "write denyoom", call -> setExpiring(call, ExpiryArguments.Form.MILLIS))
          .key(1, "OW update")
          .docs(
              "string",
              "2.6.0",
              "O(1)",
              "Sets the string of a key and its time to live.",
              "key milliseconds value");

  private static void setExpiring(Call call, ExpiryArguments.Form form) {
    long millis = ExpiryArguments.positive(call, 2, form);
    call.db()
        .put(
            call.arguments().key(1),
            call.arguments().bytes(3),
            Put.always().expiring(new Expiry.At(millis)));
    call.reply().writeOk();
  }

  private static final Command GETSET =
      Command.named("getset", 3, "write denyoom fast", StringCommands::getset)
          .key(1, "RW access update")
          .docs(
              "string",
              "1.0.0",
              "O(1)",
              "Sets the string of a key and returns the one before.",
              "key value");

  private static void getset(Call call) {
    byte[] key = call.arguments().key(1);
    byte[] value = call.arguments().bytes(2);
    replyOld(call, call.atomically(key, db -> swap(db, key, value, Put.always())));
  }

  private static final Command GETEX =
      Command.named("getex", -2, "write fast", StringCommands::getex)
          .key(1, "RW access update")
          .docs(
              "string",
              "6.2.0",
              "O(1)",
              "Returns the string of a key and changes when it expires.",
              "key [expiration: " + EXPIRY_SYNTAX + " | PERSIST]");

  private static void getex(Call call) {
    byte[] key = call.arguments().key(1);
    SetOptions options = SetOptions.ofGetex(call.arguments());
    if (options.form() == null && options.untimed() == Expiry.KEEP) {
      call.replyValue(key);
    } else {
      replyOld(call, call.atomically(key, db -> getAndExpire(call, db, key, options)));
    }
  }

  private static Optional<byte[]> getAndExpire(
      Call call, Keyspace db, byte[] key, SetOptions options) {
    Optional<byte[]> value = db.get(key);
    if (value.isPresent()) {
      Expiry expiry = options.expiry(call);
      if (expiry != Expiry.NEVER || ExpiryCommands.hasExpiry(db, key)) {
        db.expire(key, expiry);
      }
    }
    return value;
  }

  private static final Command GETDEL =
      Command.named("getdel", 2, "write fast", StringCommands::getdel)
          .key(1, "RW access delete")
          .docs(
              "string", "6.2.0", "O(1)", "Returns the string of a key and deletes the key.", "key");

  private static void getdel(Call call) {
    byte[] key = call.arguments().key(1);
    replyOld(
        call,
        call.atomically(
            key,
            db -> {
              Optional<byte[]> value = db.get(key);
              db.delete(key);
              return value;
            }));
  }

  /** Puts a value and returns the one before, whether or not the put's condition held. */
  private static Optional<byte[]> swap(Keyspace db, byte[] key, byte[] value, Put put) {
    Optional<byte[]> old = db.get(key);
    boolean holds =
        switch (put.condition()) {
          case Condition.IfAbsent absent -> old.isEmpty();
          case Condition.IfPresent present -> old.isPresent();
          default -> true;
        };
    if (holds) {
      db.put(key, value, Put.always().expiring(put.expiry()));
    }
    return old;
  }

  private static void replyOld(Call call, Optional<byte[]> old) {
    call.stats().read(old.isPresent());
    if (old.isPresent()) {
      call.reply().writeBulk(old.get());
    } else {
      call.reply().writeNull();
    }
  }
}
