package io.bitkv.server;

import io.bitkv.api.StoreStats;
import io.bitkv.codec.resp.RespNumbers;
import java.util.List;
import java.util.Optional;

/** OBJECT and MEMORY: how a key is kept, and what it takes. */
final class ObjectCommands {

  /** The longest string that Redis keeps in one piece with its header. */
  private static final int EMBEDDED_BYTES = 44;

  /** What a directory that is hardly filled takes is no key's alone. */
  private static final long MAX_PLACE_BYTES = 64;

  private ObjectCommands() {}

  static List<Command> commands() {
    return List.of(
        Command.container("object", ENCODING, OBJECT_HELP)
            .docs(
                "generic",
                "2.2.3",
                "that of the subcommand",
                "Holds the commands about how keys are kept.",
                ""),
        Command.container("memory", USAGE, MEMORY_HELP)
            .docs(
                "server",
                "4.0.0",
                "that of the subcommand",
                "Holds the commands about memory.",
                ""));
  }

  private static final Command ENCODING =
      Command.named("object|encoding", 3, "readonly", ObjectCommands::encoding)
          .key(2, "RO")
          .tips("nondeterministic_output")
          .docs(
              "generic",
              "2.2.3",
              "O(N) with N bytes",
              "Returns the encoding that Redis would keep a value in.",
              "key");

  private static void encoding(Call call) {
    Optional<byte[]> value = call.db().get(call.arguments().key(2));
    if (value.isPresent()) {
      call.reply().writeBulk(encoding(value.get()));
    } else {
      call.reply().writeNull();
    }
  }

  private static String encoding(byte[] value) {
    if (RespNumbers.isLong(value, 0, value.length)) {
      return "int";
    }
    return value.length <= EMBEDDED_BYTES ? "embstr" : "raw";
  }

  private static final Command OBJECT_HELP =
      Command.named("object|help", 2, "loading stale", ObjectCommands::objectHelp)
          .docs("generic", "6.2.0", "O(1)", "Lists the subcommands of OBJECT.", "");

  private static void objectHelp(Call call) {
    Help.reply(
        call,
        "ENCODING <key>",
        "    Returns the encoding that Redis would keep the value of <key> in.");
  }

  private static final Command USAGE =
      Command.named("memory|usage", -3, "readonly", ObjectCommands::usage)
          .key(2, "RO")
          .docs(
              "server",
              "4.0.0",
              "O(N) with N segments",
              "Returns the bytes that a key, its value and its place in the directory take.",
              "key [SAMPLES count]");

  private static void usage(Call call) {
    Arguments arguments = call.arguments();
    // Samples are taken of nested values, and a string has none.
    if (arguments.count() > 3
        && (arguments.count() != 5 || !arguments.is(3, "SAMPLES") || arguments.integer(4) < 0)) {
      throw CommandException.SYNTAX;
    }
    byte[] key = arguments.key(2);
    Optional<Integer> length = call.db().read(key, value -> value.length());
    if (length.isEmpty()) {
      call.reply().writeNull();
      return;
    }
    StoreStats stats = call.server().store().stats();
    long place =
        Math.min(MAX_PLACE_BYTES, stats.directoryBytes() / Math.max(1, stats.keys()));
    call.reply().writeInteger(place + key.length + length.get());
  }

  private static final Command MEMORY_HELP =
      Command.named("memory|help", 2, "loading stale", ObjectCommands::memoryHelp)
          .docs("server", "4.0.0", "O(1)", "Lists the subcommands of MEMORY.", "");

  private static void memoryHelp(Call call) {
    Help.reply(
        call,
        "USAGE <key> [SAMPLES <count>]",
        "    Returns the bytes that <key>, its value and its place in the directory take.");
  }
}
