package io.bitkv.server;

import io.bitkv.api.Keyspace;
import io.bitkv.api.Put;
import io.bitkv.api.ValueView;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Commands that work on parts of a string: APPEND, STRLEN, GETRANGE, SETRANGE. */
final class StringRangeCommands {

  private static final byte[] EMPTY = {};

  private StringRangeCommands() {}

  static List<Command> commands() {
    return List.of(APPEND, STRLEN, GETRANGE, SUBSTR, SETRANGE);
  }

  private static final Command APPEND =
      Command.named("append", 3, "write denyoom fast", StringRangeCommands::append)
          .key(1, "RW insert")
          .docs(
              "string",
              "2.0.0",
              "O(1)",
              "Adds to the end of a string, and creates the key if there is none.",
              "key value");

  private static void append(Call call) {
    byte[] key = call.arguments().key(1);
    byte[] tail = call.arguments().bytes(2);
    int length =
        call.atomically(
            key,
            db -> {
              Optional<byte[]> old = db.get(key);
              checkLength(call, old.map(value -> value.length).orElse(0), tail.length);
              byte[] joined = old.map(value -> join(value, tail)).orElse(tail);
              db.put(key, joined, Put.always().keepExpiry());
              return joined.length;
            });
    call.reply().writeInteger(length);
  }

  private static final Command STRLEN =
      Command.named("strlen", 2, "readonly fast", StringRangeCommands::strlen)
          .key(1, "RO")
          .docs("string", "2.2.0", "O(1)", "Returns the length of a string in bytes.", "key");

  private static void strlen(Call call) {
    Optional<Integer> length = call.db().read(call.arguments().key(1), ValueView::length);
    call.stats().read(length.isPresent());
    call.reply().writeInteger(length.orElse(0));
  }

  private static final Command GETRANGE =
      Command.named("getrange", 4, "readonly", StringRangeCommands::getrange)
          .key(1, "RO access")
          .docs(
              "string",
              "2.4.0",
              "O(N) with N bytes",
              "Returns a part of a string.",
              "key start end");

  private static final Command SUBSTR =
      Command.named("substr", 4, "readonly", StringRangeCommands::getrange)
          .key(1, "RO access")
          .docs(
              "string",
              "1.0.0",
              "O(N) with N bytes",
              "Returns a part of a string; an old name of GETRANGE.",
              "key start end");

  private static void getrange(Call call) {
    long start = call.arguments().integer(2);
    long end = call.arguments().integer(3);
    Optional<byte[]> value = call.db().get(call.arguments().key(1));
    call.stats().read(value.isPresent());
    byte[] bytes = value.orElse(EMPTY);
    int from = index(start, bytes.length);
    int last = index(end, bytes.length);
    boolean isEmpty = (start < 0 && end < 0 && start > end) || from > last || bytes.length == 0;
    call.reply()
        .writeBulk(
            bytes, isEmpty ? 0 : from, isEmpty ? 0 : Math.min(last + 1, bytes.length) - from);
  }

  /**
   * The index that a number means, which counts from the end if it is negative; 0 to {@code
   * length}.
   */
  private static int index(long number, int length) {
    return Math.clamp(number < 0 ? number + length : number, 0, length);
  }

  private static final Command SETRANGE =
      Command.named("setrange", 4, "write denyoom", StringRangeCommands::setrange)
          .key(1, "RW update")
          .docs(
              "string",
              "2.2.0",
              "O(N) with N bytes",
              "Overwrites a part of a string, filling up with zero bytes.",
              "key offset value");

  private static void setrange(Call call) {
    byte[] key = call.arguments().key(1);
    long offset = call.arguments().integer(2);
    byte[] patch = call.arguments().bytes(3);
    if (offset < 0) {
      throw new CommandException("ERR offset is out of range");
    }
    call.reply().writeInteger(call.atomically(key, db -> overwrite(call, db, key, offset, patch)));
  }

  private static int overwrite(Call call, Keyspace db, byte[] key, long offset, byte[] patch) {
    byte[] old = db.get(key).orElse(EMPTY);
    if (patch.length == 0) {
      return old.length;
    }
    checkLength(call, offset, patch.length);
    byte[] patched = Arrays.copyOf(old, Math.max(old.length, (int) offset + patch.length));
    System.arraycopy(patch, 0, patched, (int) offset, patch.length);
    db.put(key, patched, Put.always().keepExpiry());
    return patched.length;
  }

  private static void checkLength(Call call, long length, int more) {
    if (length > call.server().options().requestLimits().maxBulkBytes() - more) {
      throw CommandException.STRING_TOO_LONG;
    }
  }

  private static byte[] join(byte[] head, byte[] tail) {
    byte[] joined = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, joined, head.length, tail.length);
    return joined;
  }
}
