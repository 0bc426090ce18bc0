package io.bitkv.server;

import io.bitkv.api.KeyRef;
import io.bitkv.api.Keyspace;
import io.bitkv.api.Keyspaces;
import io.bitkv.api.Transaction;
import io.bitkv.api.ValueView;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * MULTI, EXEC and WATCH. What EXEC runs is one transaction of the store: nobody else's writes fall
 * in between, and after a crash either all of it is there or nothing. A watched key has changed if
 * its version has.
 */
final class TransactionCommands {

  private TransactionCommands() {}

  static List<Command> commands() {
    return List.of(MULTI, EXEC, DISCARD, WATCH, UNWATCH);
  }

  private static final Command MULTI =
      Command.named(
              "multi", 1, "noscript loading stale fast allow_busy", TransactionCommands::multi)
          .immediate()
          .docs("transactions", "1.2.0", "O(1)", "Begins to queue commands.", "");

  private static void multi(Call call) {
    if (call.connection().transaction().isOpen()) {
      throw new CommandException("ERR MULTI calls can not be nested");
    }
    call.connection().transaction().open();
    call.reply().writeOk();
  }

  private static final Command DISCARD =
      Command.named(
              "discard", 1, "noscript loading stale fast allow_busy", TransactionCommands::discard)
          .immediate()
          .docs(
              "transactions",
              "2.0.0",
              "O(N) with N queued commands",
              "Forgets the queued commands.",
              "");

  private static void discard(Call call) {
    if (!call.connection().transaction().isOpen()) {
      throw new CommandException("ERR DISCARD without MULTI");
    }
    call.connection().transaction().reset();
    call.reply().writeOk();
  }

  private static final Command WATCH =
      Command.named(
              "watch", -2, "noscript loading stale fast allow_busy", TransactionCommands::watch)
          .immediate()
          .keys(1, -1, 1, "RO")
          .docs(
              "transactions",
              "2.2.0",
              "O(N) with N keys",
              "Lets the next EXEC run only if some keys are unchanged.",
              "key...");

  private static void watch(Call call) {
    TransactionState transaction = call.connection().transaction();
    if (transaction.isOpen()) {
      throw new CommandException("ERR WATCH inside MULTI is not allowed");
    }
    for (int i = 1; i < call.arguments().count(); i++) {
      byte[] key = call.arguments().key(i);
      transaction.watch(
          call.server().databases().ref(call.connection().database(), key),
          version(call.db(), key));
    }
    call.reply().writeOk();
  }

  private static final Command UNWATCH =
      Command.named(
              "unwatch", 1, "noscript loading stale fast allow_busy", TransactionCommands::unwatch)
          .docs("transactions", "2.2.0", "O(1)", "Forgets the watched keys.", "");

  private static void unwatch(Call call) {
    call.connection().transaction().unwatch();
    call.reply().writeOk();
  }

  private static final Command EXEC =
      Command.named("exec", 1, "noscript loading stale skip_slowlog", TransactionCommands::exec)
          .immediate()
          .wholeStore()
          .docs(
              "transactions",
              "1.2.0",
              "that of the queued commands",
              "Runs the queued commands as one step.",
              "");

  private static void exec(Call call) {
    TransactionState transaction = call.connection().transaction();
    if (!transaction.isOpen()) {
      throw new CommandException("ERR EXEC without MULTI");
    }
    try {
      if (transaction.isBroken()) {
        throw new CommandException("EXECABORT Transaction discarded because of previous errors.");
      }
      if (run(call, transaction)) {
        call.effects().run();
      } else {
        call.reply().writeNullArray();
      }
    } finally {
      call.effects().drop();
      transaction.reset();
    }
  }

  /** Runs what is queued, and replies, unless a watched key has changed. */
  private static boolean run(Call call, TransactionState transaction) {
    long mark = call.output().size();
    int database = call.connection().database();
    return inStore(
        call,
        open -> {
          if (!isUnchanged(open, transaction.watched())) {
            return false;
          }
          // A store may run this again from the beginning.
          call.output().rollback(mark);
          call.effects().drop();
          call.connection().database(database);
          call.reply().writeArrayHeader(transaction.queued().size());
          for (TransactionState.Queued queued : transaction.queued()) {
            call.dispatcher().run(call, queued.command(), queued.arguments());
          }
          return true;
        });
  }

  /**
   * Runs a body in a transaction of the store that guards what the queued commands use and the
   * watched keys.
   */
  private static boolean inStore(Call call, Function<Transaction, Boolean> body) {
    TransactionState transaction = call.connection().transaction();
    Function<Transaction, Boolean> within = open -> call.within(open, body);
    if (transaction.queued().stream().anyMatch(queued -> queued.command().usesWholeStore())) {
      return call.server().store().exclusively(within);
    }
    Set<KeyRef> keys = new LinkedHashSet<>(transaction.watched().keySet());
    for (TransactionState.Queued queued : transaction.queued()) {
      addKeys(call, queued, keys);
    }
    return call.server().view().atomically(keys, within);
  }

  private static void addKeys(Call call, TransactionState.Queued queued, Set<KeyRef> keys) {
    Arguments arguments = queued.arguments();
    queued
        .command()
        .keyIndexes(arguments.count())
        // A longer one is no key: its command will be refused.
        .filter(index -> arguments.length(index) <= Keyspace.MAX_KEY_BYTES)
        .forEach(
            index ->
                keys.add(
                    call.server()
                        .databases()
                        .ref(call.connection().database(), arguments.bytes(index))));
  }

  private static boolean isUnchanged(Keyspaces store, Map<KeyRef, Long> watched) {
    return watched.entrySet().stream()
        .allMatch(
            entry ->
                version(store.keyspace(entry.getKey().keyspace()), entry.getKey().key())
                    == entry.getValue());
  }

  private static long version(Keyspace keyspace, byte[] key) {
    return keyspace.read(key, ValueView::version).orElse(TransactionState.ABSENT);
  }
}
