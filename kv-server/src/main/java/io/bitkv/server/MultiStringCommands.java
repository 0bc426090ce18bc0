package io.bitkv.server;

import io.bitkv.api.Keyspace;
import java.util.ArrayList;
import java.util.List;

/** Commands that read and write the strings of several keys: MGET, MSET, MSETNX. */
final class MultiStringCommands {

  private MultiStringCommands() {}

  static List<Command> commands() {
    return List.of(MGET, MSET, MSETNX);
  }

  private static final Command MGET =
      Command.named("mget", -2, "readonly fast", MultiStringCommands::mget)
          .keys(1, -1, 1, "RO access")
          .tips("request_policy:multi_shard")
          .docs(
              "string",
              "1.0.0",
              "O(N) with N keys",
              "Returns the strings of several keys.",
              "key...");

  private static void mget(Call call) {
    int count = call.arguments().count();
    call.reply().writeArrayHeader(count - 1);
    for (int i = 1; i < count; i++) {
      call.replyValue(call.arguments().key(i));
    }
  }

  private static final Command MSET =
      Command.named("mset", -3, "write denyoom", MultiStringCommands::mset)
          .keys(1, -1, 2, "OW update")
          .tips("request_policy:multi_shard response_policy:all_succeeded")
          .docs(
              "string",
              "1.0.1",
              "O(N) with N keys",
              "Sets the strings of several keys in one step.",
              "(key value)...");

  private static void mset(Call call) {
    List<byte[]> pairs = pairs(call);
    call.atomically(keysOf(pairs), db -> putAll(db, pairs));
    call.reply().writeOk();
  }

  private static final Command MSETNX =
      Command.named("msetnx", -3, "write denyoom", MultiStringCommands::msetnx)
          .keys(1, -1, 2, "OW insert")
          .tips("request_policy:multi_shard response_policy:agg_min")
          .docs(
              "string",
              "1.0.1",
              "O(N) with N keys",
              "Sets the strings of several keys if none of them exists.",
              "(key value)...");

  private static void msetnx(Call call) {
    List<byte[]> pairs = pairs(call);
    List<byte[]> keys = keysOf(pairs);
    boolean isSet =
        call.atomically(keys, db -> keys.stream().noneMatch(db::contains) && putAll(db, pairs));
    call.reply().writeInteger(isSet ? 1 : 0);
  }

  private static boolean putAll(Keyspace db, List<byte[]> pairs) {
    for (int i = 0; i < pairs.size(); i += 2) {
      db.put(pairs.get(i), pairs.get(i + 1));
    }
    return true;
  }

  private static List<byte[]> pairs(Call call) {
    Arguments arguments = call.arguments();
    if (arguments.count() % 2 == 0) {
      throw CommandException.wrongArity(call.command().name());
    }
    List<byte[]> pairs = new ArrayList<>(arguments.count() - 1);
    for (int i = 1; i < arguments.count(); i += 2) {
      pairs.add(arguments.key(i));
      pairs.add(arguments.bytes(i + 1));
    }
    return pairs;
  }

  private static List<byte[]> keysOf(List<byte[]> pairs) {
    List<byte[]> keys = new ArrayList<>(pairs.size() / 2);
    for (int i = 0; i < pairs.size(); i += 2) {
      keys.add(pairs.get(i));
    }
    return keys;
  }
}
