package io.bitkv.server;

import io.bitkv.api.Expiry;
import io.bitkv.api.KeyValue;
import io.bitkv.api.Keyspace;
import io.bitkv.api.Keyspaces;
import io.bitkv.api.Put;
import io.bitkv.api.Scan;
import java.util.List;
import java.util.stream.Stream;

/**
 * SWAPDB: two databases change places. The log knows keys by their databases, so both are written
 * anew, in one step.
 */
final class SwapdbCommand {

  private SwapdbCommand() {}

  static List<Command> commands() {
    return List.of(SWAPDB);
  }

  private static final Command SWAPDB =
      Command.named("swapdb", 3, "write fast", SwapdbCommand::swapdb)
          .wholeStore()
          .categories(CommandCategory.KEYSPACE, CommandCategory.DANGEROUS)
          .docs(
              "server",
              "4.0.0",
              "O(N) with N bytes in both databases",
              "Lets two databases change places.",
              "index1:integer index2:integer");

  private static void swapdb(Call call) {
    long first = index(call.arguments(), 1, "first");
    long second = index(call.arguments(), 2, "second");
    int one = call.server().databases().checked(first);
    int other = call.server().databases().checked(second);
    if (one != other) {
      call.exclusively(store -> swap(call.server().databases(), store, one, other));
    }
    call.reply().writeOk();
  }

  private static long index(Arguments arguments, int index, String which) {
    try {
      return arguments.integer(index);
    } catch (CommandException e) {
      throw new CommandException("ERR invalid " + which + " DB index");
    }
  }

  private static Void swap(Databases databases, Keyspaces store, int one, int other) {
    Keyspace left = databases.keyspace(one, store);
    Keyspace right = databases.keyspace(other, store);
    List<KeyValue> fromLeft = taken(left);
    List<KeyValue> fromRight = taken(right);
    fill(left, fromRight);
    fill(right, fromLeft);
    return null;
  }

  /** Empties a database and returns what it held. */
  private static List<KeyValue> taken(Keyspace database) {
    List<KeyValue> entries;
    try (Stream<KeyValue> all = database.entries(Scan.all())) {
      entries = all.toList();
    }
    if (!entries.isEmpty()) {
      database.clear();
    }
    return entries;
  }

  private static void fill(Keyspace database, List<KeyValue> entries) {
    for (KeyValue entry : entries) {
      Expiry expiry =
          entry.expiresAtMillis() == Expiry.NONE
              ? Expiry.never()
              : new Expiry.At(entry.expiresAtMillis());
      database.put(entry.key(), entry.value(), Put.always().expiring(expiry));
    }
  }
}
