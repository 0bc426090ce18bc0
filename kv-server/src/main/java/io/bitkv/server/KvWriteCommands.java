package io.bitkv.server;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.KeyRef;
import io.bitkv.api.Keyspace;
import io.bitkv.api.Keyspaces;
import io.bitkv.api.Put;
import io.bitkv.api.ValueView;
import io.bitkv.api.WriteBatch;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Those of the KV commands that write, see {@link KvCommands}. */
final class KvWriteCommands {

  private static final String SINCE = "0.1.0";
  private static final String CONDITION = " [condition: IFABSENT | IFPRESENT | IFVERSION version:integer | IFEQUALS value]";
  private static final String EXPIRY = " [expiration: PX milliseconds | PXAT unix-time-milliseconds | KEEPTTL]";

  /** What a commit's checks call the version of a key that does not exist. */
  private static final long ABSENT = 0;

  private KvWriteCommands() {}

  static List<Command> commands() {
    return List.of(
        KvCommands.named("kv.set", -4, "write denyoom no_multi", KvWriteCommands::set)
            .key(2, "RW update variable_flags")
            .categories(CommandCategory.STRING)
            .docs("module", SINCE, "O(1)", "Sets a value under a condition.", "space key value" + CONDITION + EXPIRY + " [DURABLE]"),
        KvCommands.named("kv.del", -3, "write no_multi", KvWriteCommands::delete)
            .key(2, "RW delete")
            .categories(CommandCategory.KEYSPACE)
            .docs("module", SINCE, "O(1)", "Deletes a key under a condition.", "space key" + CONDITION),
        KvCommands.named("kv.expire", -3, "write fast no_multi", KvWriteCommands::expire)
            .key(2, "RW update")
            .categories(CommandCategory.KEYSPACE)
            .docs("module", SINCE, "O(1)", "Changes when a key expires.", "space key" + EXPIRY),
        KvCommands.named("kv.clear", 2, "write no_multi", KvWriteCommands::clear)
            .wholeStore()
            .categories(CommandCategory.KEYSPACE, CommandCategory.DANGEROUS)
            .docs("module", SINCE, "O(1)", "Deletes all keys of a keyspace.", "space"),
        KvCommands.named("kv.commit", -2, "write denyoom no_multi", KvWriteCommands::commit)
            .wholeStore()
            .keysFoundBy(KvWriteCommands::keysOfCommit)
            .categories(CommandCategory.STRING, CommandCategory.KEYSPACE)
            .docs(
                "module",
                SINCE,
                "O(N) with N steps",
                "Applies writes as one step if keys have the versions they must.",
                "[DURABLE] (step: IF space key version:integer | SET space key value" + EXPIRY + " | DEL space key)..."));
  }

  private static void set(Call call) {
    KvArguments arguments = new KvArguments(call);
    KeyRef ref = arguments.ref();
    byte[] value = arguments.bytes();
    Keyspace keyspace = call.keyspace(ref.keyspace());
    if (!arguments.hasMore()) {
      call.reply().writeInteger(keyspace.put(ref.key(), value));
      return;
    }
    Condition condition = arguments.condition();
    Expiry expiry = arguments.expiry();
    takeDurable(call, arguments);
    arguments.end();
    replyVersion(call, keyspace.put(ref.key(), value, Put.always().when(condition).expiring(expiry)));
  }

  private static void takeDurable(Call call, KvArguments arguments) {
    if (arguments.takes("DURABLE")) {
      call.requireDurable();
    }
  }

  private static void delete(Call call) {
    KvArguments arguments = new KvArguments(call);
    KeyRef ref = arguments.ref();
    Condition condition = arguments.condition();
    arguments.end();
    replyVersion(call, call.keyspace(ref.keyspace()).delete(ref.key(), condition));
  }

  private static void expire(Call call) {
    KvArguments arguments = new KvArguments(call);
    KeyRef ref = arguments.ref();
    Expiry expiry = arguments.expiry();
    arguments.end();
    replyVersion(call, call.keyspace(ref.keyspace()).expire(ref.key(), expiry));
  }

  private static void clear(Call call) {
    call.reply().writeInteger(KvCommands.keyspace(call, new KvArguments(call)).clear());
  }

  private static void commit(Call call) {
    KvArguments arguments = new KvArguments(call);
    takeDurable(call, arguments);
    Map<KeyRef, Long> checks = new LinkedHashMap<>();
    WriteBatch batch = new WriteBatch();
    boolean isPossible = true;
    while (arguments.hasMore()) {
      if (arguments.takes("IF")) {
        KeyRef ref = arguments.ref();
        Long version = arguments.integer();
        isPossible &= version.equals(checks.getOrDefault(ref, version));
        checks.put(ref, version);
      } else if (arguments.takes("SET")) {
        batch.put(arguments.ref(), arguments.bytes(), arguments.expiry());
      } else if (arguments.takes("DEL")) {
        batch.delete(arguments.ref());
      } else {
        throw CommandException.SYNTAX;
      }
    }
    replyVersion(call, isPossible ? commit(call, checks, batch) : OptionalLong.empty());
  }

  /** Finds the keys of a commit's steps, up to the first step that {@link #commit} will refuse. */
  private static void keysOfCommit(Arguments arguments, KeyFinder.Visitor visitor) {
    int at = arguments.is(1, "DURABLE") ? 2 : 1;
    while (at + 2 < arguments.count()) {
      boolean isSet = arguments.is(at, "SET");
      boolean isDelete = arguments.is(at, "DEL");
      if (!isSet && !isDelete && !arguments.is(at, "IF")) {
        return;
      }
      visitor.key(at + 2, false, isSet || isDelete);
      at += isDelete ? 3 : 4;
      if (isSet && at < arguments.count()) {
        boolean hasTime = arguments.is(at, "PX") || arguments.is(at, "PXAT");
        at += hasTime ? 2 : arguments.is(at, "KEEPTTL") ? 1 : 0;
      }
    }
  }

  private static OptionalLong commit(Call call, Map<KeyRef, Long> checks, WriteBatch batch) {
    if (checks.isEmpty() && !call.server().changes().isWatched(call)) {
      return OptionalLong.of(call.server().view().commit(batch));
    }
    Set<KeyRef> refs = new LinkedHashSet<>(checks.keySet());
    batch.writes().forEach(write -> refs.add(write.ref()));
    boolean isApplied = call.atomicallyAcross(refs, store -> holds(store, checks) && apply(store, batch));
    if (!isApplied) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(batch.writes().isEmpty() ? 0 : call.server().store().lastSequence());
  }

  private static boolean holds(Keyspaces store, Map<KeyRef, Long> checks) {
    return checks.entrySet().stream()
        .allMatch(
            check -> {
              KeyRef ref = check.getKey();
              return check.getValue().equals(store.keyspace(ref.keyspace()).read(ref.key(), ValueView::version).orElse(ABSENT));
            });
  }

  private static boolean apply(Keyspaces store, WriteBatch batch) {
    for (WriteBatch.Write write : batch.writes()) {
      Keyspace keyspace = store.keyspace(write.ref().keyspace());
      switch (write) {
        case WriteBatch.PutWrite put -> keyspace.put(put.ref().key(), put.value(), Put.always().expiring(put.expiry()));
        case WriteBatch.DeleteWrite delete -> keyspace.delete(delete.ref().key());
      }
    }
    return true;
  }

  private static void replyVersion(Call call, OptionalLong version) {
    if (version.isPresent()) {
      call.reply().writeInteger(version.getAsLong());
    } else {
      call.reply().writeNull();
    }
  }
}
