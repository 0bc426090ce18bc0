package io.bitkv.server;

import io.bitkv.api.Expiry;
import io.bitkv.api.KeyRef;
import io.bitkv.api.Keyspace;
import io.bitkv.api.Keyspaces;
import io.bitkv.api.Put;
import io.bitkv.api.Versioned;
import java.util.List;
import java.util.Optional;

/** Commands that carry a value, with its expiry, to another key: RENAME, COPY, MOVE. */
final class KeyTransferCommands {

  private KeyTransferCommands() {}

  static List<Command> commands() {
    return List.of(RENAME, RENAMENX, COPY, MOVE);
  }

  /**
   * Where a value goes.
   *
   * @param source the key it has
   * @param target the key it gets
   * @param isReplacing whether a value there may be overwritten
   * @param isMove whether the source is deleted
   */
  private record Transfer(KeyRef source, KeyRef target, boolean isReplacing, boolean isMove) {

    /** Carries it out, and tells whether anything was done. */
    boolean apply(Keyspaces store) {
      Keyspace from = store.keyspace(source.keyspace());
      Keyspace to = store.keyspace(target.keyspace());
      Optional<Versioned<byte[]>> value = from.getVersioned(source.key());
      if (value.isEmpty() || (!isReplacing && to.contains(target.key()))) {
        return false;
      }
      if (isMove) {
        from.delete(source.key());
      }
      long expiresAt = value.get().expiresAtMillis();
      Expiry expiry = expiresAt == Expiry.NONE ? Expiry.never() : new Expiry.At(expiresAt);
      to.put(target.key(), value.get().value(), Put.always().expiring(expiry));
      return true;
    }
  }

  private static final Command RENAME =
      Command.named("rename", 3, "write", KeyTransferCommands::rename)
          .key(1, "RW access delete")
          .key(2, "OW update")
          .docs(
              "generic",
              "1.0.0",
              "O(N) with N bytes",
              "Renames a key; one of the new name is overwritten.",
              "key newkey:key");

  private static void rename(Call call) {
    rename(call, true);
    call.reply().writeOk();
  }

  private static final Command RENAMENX =
      Command.named("renamenx", 3, "write fast", KeyTransferCommands::renamenx)
          .key(1, "RW access delete")
          .key(2, "OW insert")
          .docs(
              "generic",
              "1.0.0",
              "O(N) with N bytes",
              "Renames a key unless there is one of the new name.",
              "key newkey:key");

  private static void renamenx(Call call) {
    call.reply().writeInteger(rename(call, false) ? 1 : 0);
  }

  /** Renames a key that must exist, and tells whether it did; to its own name is nothing to do. */
  private static boolean rename(Call call, boolean isReplacing) {
    KeyRef source = ref(call, call.connection().database(), 1);
    KeyRef target = ref(call, call.connection().database(), 2);
    Transfer transfer = new Transfer(source, target, isReplacing, true);
    return call.atomicallyAcross(
        List.of(source, target),
        store -> {
          if (!store.keyspace(source.keyspace()).contains(source.key())) {
            throw CommandException.NO_SUCH_KEY;
          }
          return !source.equals(target) && transfer.apply(store);
        });
  }

  private static final Command COPY =
      Command.named("copy", -3, "write denyoom", KeyTransferCommands::copy)
          .key(1, "RO access")
          .key(2, "OW update")
          .wholeStore()
          .docs(
              "generic",
              "6.2.0",
              "O(N) with N bytes",
              "Copies a key's value to another key.",
              "source:key destination:key [DB destination-db] [REPLACE]");

  private static void copy(Call call) {
    Arguments arguments = call.arguments();
    int database = call.connection().database();
    boolean isReplacing = false;
    for (int i = 3; i < arguments.count(); i++) {
      if (arguments.is(i, "REPLACE")) {
        isReplacing = true;
      } else if (arguments.is(i, "DB") && i + 1 < arguments.count()) {
        i++;
        database = call.server().databases().checked(arguments.integer(i));
      } else {
        throw CommandException.SYNTAX;
      }
    }
    transfer(
        call,
        new Transfer(
            ref(call, call.connection().database(), 1),
            ref(call, database, 2),
            isReplacing,
            false));
  }

  private static final Command MOVE =
      Command.named("move", 3, "write fast", KeyTransferCommands::move)
          .key(1, "RW access update")
          .wholeStore()
          .docs(
              "generic",
              "1.0.0",
              "O(N) with N bytes",
              "Moves a key to another database.",
              "key db:integer");

  private static void move(Call call) {
    int database = call.server().databases().checked(call.arguments().integer(2));
    transfer(
        call,
        new Transfer(
            ref(call, call.connection().database(), 1), ref(call, database, 1), false, true));
  }

  private static void transfer(Call call, Transfer transfer) {
    if (transfer.source().equals(transfer.target())) {
      throw CommandException.SAME_OBJECT;
    }
    boolean isDone =
        call.atomicallyAcross(List.of(transfer.source(), transfer.target()), transfer::apply);
    call.reply().writeInteger(isDone ? 1 : 0);
  }

  private static KeyRef ref(Call call, int database, int index) {
    return call.server().databases().ref(database, call.arguments().key(index));
  }
}
