package io.bitkv.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Commands on keys whatever they hold: DEL, EXISTS, TYPE and their kin. */
final class KeyCommands {

  private static final Command DEL = delete("del", "write", "1.0.0", "Deletes keys.");

  private static final Command DELETE =
      delete("delete", "write", "1.0.0", "Deletes keys; another name of DEL.");

  private static final Command UNLINK =
      delete(
          "unlink",
          "write fast",
          "4.0.0",
          "Deletes keys; their memory and disk space is freed later, as DEL's is.");

  private static final Command EXISTS =
      count("exists", "1.0.0", "Counts which of some keys exist.");

  private static final Command TOUCH =
      count("touch", "3.2.1", "Counts which of some keys exist, as a use of them.");

  private KeyCommands() {}

  static List<Command> commands() {
    return List.of(DEL, DELETE, UNLINK, EXISTS, TOUCH, TYPE, RANDOMKEY);
  }

  private static Command delete(String name, String flags, String since, String summary) {
    return Command.named(name, -2, flags, KeyCommands::del)
        .keys(1, -1, 1, "RM delete")
        .tips("request_policy:multi_shard response_policy:agg_sum")
        .docs("generic", since, "O(N) with N keys", summary, "key...");
  }

  private static Command count(String name, String since, String summary) {
    return Command.named(name, -2, "readonly fast", KeyCommands::exists)
        .keys(1, -1, 1, "RO")
        .tips("request_policy:multi_shard response_policy:agg_sum")
        .docs("generic", since, "O(N) with N keys", summary, "key...");
  }

  private static void del(Call call) {
    List<byte[]> keys = keys(call);
    if (keys.size() == 1) {
      call.reply().writeInteger(call.db().delete(keys.getFirst()).isPresent() ? 1 : 0);
      return;
    }
    call.reply()
        .writeInteger(
            call.atomically(
                keys, db -> keys.stream().filter(key -> db.delete(key).isPresent()).count()));
  }

  private static void exists(Call call) {
    int count = 0;
    for (byte[] key : keys(call)) {
      boolean isThere = call.db().contains(key);
      call.stats().read(isThere);
      count += isThere ? 1 : 0;
    }
    call.reply().writeInteger(count);
  }

  private static final Command TYPE =
      Command.named("type", 2, "readonly fast", KeyCommands::type)
          .key(1, "RO")
          .docs("generic", "1.0.0", "O(1)", "Returns what kind of value a key holds.", "key");

  private static void type(Call call) {
    call.reply().writeSimpleString(call.db().contains(call.arguments().key(1)) ? "string" : "none");
  }

  private static final Command RANDOMKEY =
      Command.named("randomkey", 1, "readonly", KeyCommands::randomkey)
          .wholeStore()
          .tips("request_policy:all_shards nondeterministic_output")
          .docs("generic", "1.0.0", "O(1)", "Returns a key picked at random.", "");

  private static void randomkey(Call call) {
    Optional<byte[]> key = call.db().randomKey();
    if (key.isPresent()) {
      call.reply().writeBulk(key.get());
    } else {
      call.reply().writeNull();
    }
  }

  private static List<byte[]> keys(Call call) {
    int count = call.arguments().count();
    List<byte[]> keys = new ArrayList<>(count - 1);
    for (int i = 1; i < count; i++) {
      keys.add(call.arguments().key(i));
    }
    return keys;
  }
}
