package io.bitkv.server;

import io.bitkv.api.InvalidOptionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** CONFIG: the settings in force, and changing them. */
final class ConfigCommands {

  private ConfigCommands() {}

  static List<Command> commands() {
    return List.of(
        Command.container("config", GET, SET, RESETSTAT, REWRITE, HELP)
            .docs(
                "server",
                "2.0.0",
                "that of the subcommand",
                "Holds the commands about settings.",
                ""));
  }

  private static final Command GET =
      Command.named("config|get", -3, "admin noscript loading stale", ConfigCommands::get)
          .docs(
              "server",
              "2.0.0",
              "O(N) with N settings",
              "Returns the settings whose names match.",
              "pattern:string...");

  private static void get(Call call) {
    Map<String, String> all = ConfigView.all(call.server().options().current());
    Map<String, String> found = new TreeMap<>();
    for (int i = 2; i < call.arguments().count(); i++) {
      Glob glob =
          Glob.of(
              call.arguments().text(i).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
      all.forEach(
          (name, value) -> {
            if (glob.matches(name.getBytes(StandardCharsets.US_ASCII))) {
              found.put(name, value);
            }
          });
    }
    call.reply().writeMapHeader(found.size());
    found.forEach(
        (name, value) -> {
          call.reply().writeBulk(name);
          call.reply().writeBulk(value);
        });
  }

  private static final Command SET =
      Command.named("config|set", -4, "admin noscript loading stale", ConfigCommands::set)
          .tips("request_policy:all_nodes response_policy:all_succeeded")
          .docs(
              "server",
              "2.0.0",
              "O(N) with N settings",
              "Changes settings, all or none.",
              "(parameter value)...");

  private static void set(Call call) {
    Arguments arguments = call.arguments();
    if (arguments.count() % 2 != 0) {
      throw CommandException.SYNTAX;
    }
    Set<String> seen = new HashSet<>();
    ServerOptions changed = call.server().options().current();
    for (int i = 2; i < arguments.count(); i += 2) {
      String name = arguments.text(i).toLowerCase(Locale.ROOT);
      if (!ConfigView.all(changed).containsKey(name)) {
        throw new CommandException(
            "ERR Unknown option or number of arguments for CONFIG SET - '"
                + arguments.text(i, Errors.SHOWN_BYTES)
                + "'");
      }
      if (!seen.add(name)) {
        throw failed(name, "duplicate parameter");
      }
      try {
        changed = ConfigView.changed(changed, name, arguments.text(i + 1));
      } catch (InvalidOptionException e) {
        throw failed(name, e.getMessage());
      }
    }
    try {
      call.server().options().replace(changed);
    } catch (InvalidOptionException e) {
      throw failed(arguments.text(2).toLowerCase(Locale.ROOT), e.getMessage());
    }
    call.reply().writeOk();
  }

  private static final Command REWRITE =
      Command.named("config|rewrite", 2, "admin noscript loading stale", ConfigCommands::rewrite)
          .docs(
              "server",
              "2.8.0",
              "O(N) with N settings",
              "Writes the settings in force into the configuration file.",
              "");

  private static void rewrite(Call call) {
    ServerOptions options = call.server().options().current();
    ConfigFile file =
        options
            .configFile()
            .orElseThrow(
                () -> new CommandException("ERR The server is running without a config file"));
    try {
      file.rewrite(options);
    } catch (IOException e) {
      throw new CommandException("ERR Rewriting config file: " + e.getMessage());
    }
    call.reply().writeOk();
  }

  private static CommandException failed(String name, String reason) {
    return new CommandException(
        "ERR CONFIG SET failed (possibly related to argument '" + name + "') - " + reason);
  }

  private static final Command RESETSTAT =
      Command.named("config|resetstat", 2, "admin noscript loading stale", ConfigCommands::resetstat)
          .docs("server", "2.0.0", "O(N) with N commands", "Counts anew what INFO tells.", "");

  private static void resetstat(Call call) {
    call.server().clients().resetCounts();
    for (Worker worker : call.server().workers()) {
      if (worker.loop().inEventLoop()) {
        worker.stats().reset();
      } else {
        worker.loop().execute(worker.stats()::reset);
      }
    }
    call.reply().writeOk();
  }

  private static final Command HELP =
      Command.named("config|help", 2, "loading stale", ConfigCommands::help)
          .docs("server", "5.0.0", "O(1)", "Lists the subcommands of CONFIG.", "");

  private static void help(Call call) {
    Help.reply(
        call,
        "GET <pattern>",
        "    Returns the settings whose names match <pattern>, with their values.",
        "RESETSTAT",
        "    Counts anew what INFO tells.",
        "REWRITE",
        "    Writes the settings in force into the configuration file.",
        "SET <directive> <value>",
        "    Changes the setting <directive> to <value>.");
  }
}
