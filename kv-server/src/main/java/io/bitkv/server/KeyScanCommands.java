package io.bitkv.server;

import io.bitkv.api.Page;
import io.bitkv.api.Scan;
import java.util.List;
import java.util.stream.Stream;

/** Commands that go through all keys: KEYS and SCAN. */
final class KeyScanCommands {

  private static final long DEFAULT_COUNT = 10;

  private KeyScanCommands() {}

  static List<Command> commands() {
    return List.of(KEYS, SCAN);
  }

  private static final Command KEYS =
      Command.named("keys", 2, "readonly", KeyScanCommands::keys)
          .wholeStore()
          .categories(CommandCategory.DANGEROUS)
          .tips("request_policy:all_shards nondeterministic_output_order")
          .docs(
              "generic",
              "1.0.0",
              "O(N) with N keys in the database",
              "Returns all keys that match a pattern.",
              "pattern");

  private static void keys(Call call) {
    Glob glob = Glob.of(call.arguments().bytes(1));
    List<byte[]> found;
    try (Stream<byte[]> keys = call.db().keys(Scan.prefix(glob.prefix()))) {
      found = keys.filter(glob::matches).toList();
    }
    replyKeys(call, found);
  }

  private static final Command SCAN =
      Command.named("scan", -2, "readonly", KeyScanCommands::scan)
          .wholeStore()
          .tips("nondeterministic_output request_policy:special")
          .docs(
              "generic",
              "2.8.0",
              "O(1) a call, O(N) for all N keys",
              "Goes through the keys in steps.",
              "cursor:integer [MATCH pattern] [COUNT count] [TYPE type]");

  private static void scan(Call call) {
    Arguments arguments = call.arguments();
    long cursor = cursor(arguments);
    long count = DEFAULT_COUNT;
    Glob glob = null;
    boolean isString = true;
    for (int i = 2; i < arguments.count(); i += 2) {
      if (i + 1 == arguments.count()) {
        throw CommandException.SYNTAX;
      } else if (arguments.is(i, "COUNT")) {
        count = count(arguments, i + 1);
      } else if (arguments.is(i, "MATCH")) {
        glob = Glob.of(arguments.bytes(i + 1));
      } else if (arguments.is(i, "TYPE")) {
        isString = arguments.is(i + 1, "STRING");
      } else {
        throw CommandException.SYNTAX;
      }
    }
    Page<byte[]> page = call.db().scan(cursor, (int) Math.min(count, Integer.MAX_VALUE));
    call.reply().writeArrayHeader(2);
    call.reply().writeBulk(Long.toUnsignedString(page.next()));
    Glob match = glob;
    boolean isWanted = isString;
    replyKeys(
        call,
        page.items().stream()
            .filter(key -> isWanted && (match == null || match.matches(key)))
            .toList());
  }

  /**
   * Reads a cursor as C's {@code strtoul} does: nothing at all is 0, and a minus sign counts down
   * from 2 to the power of 64.
   */
  private static long cursor(Arguments arguments) {
    String text = arguments.text(1);
    boolean isNegative = text.startsWith("-");
    try {
      long number =
          text.isEmpty() ? 0 : Long.parseUnsignedLong(isNegative ? text.substring(1) : text);
      return isNegative ? -number : number;
    } catch (NumberFormatException e) {
      throw new CommandException("ERR invalid cursor");
    }
  }

  private static long count(Arguments arguments, int index) {
    long count = arguments.integer(index);
    if (count < 1) {
      throw CommandException.SYNTAX;
    }
    return count;
  }

  private static void replyKeys(Call call, List<byte[]> keys) {
    call.reply().writeArrayHeader(keys.size());
    keys.forEach(call.reply()::writeBulk);
  }
}
