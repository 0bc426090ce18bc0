package io.bitkv.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** COMMAND: what commands there are. */
final class CommandCommands {

  private static final Command COUNT =
      own(
              "command|count",
              2,
              call -> call.reply().writeInteger(call.server().commands().commands().size()))
          .docs("server", "2.8.13", "O(1)", "Counts the commands.", "");

  private static final Command GETKEYS =
      own("command|getkeys", -4, call -> keys(call, false))
          .docs(
              "server",
              "2.8.13",
              "O(N) with N arguments",
              "Finds the keys in a request.",
              "command [arg...]");

  private static final Command GETKEYSANDFLAGS =
      own("command|getkeysandflags", -4, call -> keys(call, true))
          .docs(
              "server",
              "7.0.0",
              "O(N) with N arguments",
              "Finds the keys in a request, and what is done with them.",
              "command [arg...]");

  private CommandCommands() {}

  static List<Command> commands() {
    return List.of(
        own("command", -1, CommandCommands::info)
            .tips("nondeterministic_output_order")
            .subcommands(COUNT, DOCS, INFO, LIST, GETKEYS, GETKEYSANDFLAGS, HELP)
            .docs(
                "server",
                "2.8.13",
                "O(N) with N commands",
                "Returns all commands' properties.",
                ""));
  }

  private static CommandBuilder own(String name, int arity, CommandHandler handler) {
    return Command.named(name, arity, "loading stale", handler)
        .categories(CommandCategory.CONNECTION);
  }

  private static final Command INFO =
      own("command|info", -2, CommandCommands::info)
          .tips("nondeterministic_output_order")
          .docs(
              "server",
              "2.8.13",
              "O(N) with N commands",
              "Returns the commands' properties.",
              "[command-name...]");

  private static void info(Call call) {
    CommandReplies replies = new CommandReplies(call.reply());
    if (call.arguments().count() <= 2) {
      List<Command> all = call.server().commands().commands();
      call.reply().writeArrayHeader(all.size());
      all.forEach(replies::info);
      return;
    }
    call.reply().writeArrayHeader(call.arguments().count() - 2);
    for (int i = 2; i < call.arguments().count(); i++) {
      Command command = named(call, i);
      if (command == null) {
        call.reply().writeNullArray();
      } else {
        replies.info(command);
      }
    }
  }

  private static final Command DOCS =
      own("command|docs", -2, CommandCommands::docs)
          .tips("nondeterministic_output_order")
          .docs(
              "server",
              "7.0.0",
              "O(N) with N commands",
              "Returns the commands' documentation.",
              "[command-name...]");

  private static void docs(Call call) {
    List<Command> wanted = new ArrayList<>();
    for (int i = 2; i < call.arguments().count(); i++) {
      Command command = named(call, i);
      if (command != null) {
        wanted.add(command);
      }
    }
    List<Command> shown =
        call.arguments().count() == 2 ? call.server().commands().commands() : wanted;
    call.reply().writeMapHeader(shown.size());
    shown.forEach(new CommandReplies(call.reply())::docs);
  }

  private static final Command LIST =
      own("command|list", -2, CommandCommands::list)
          .tips("nondeterministic_output_order")
          .docs(
              "server",
              "7.0.0",
              "O(N) with N commands",
              "Lists the commands' names.",
              "[FILTERBY (filterby: MODULE module-name | ACLCAT category | PATTERN" + " pattern)]");

  private static void list(Call call) {
    Predicate<Command> filter = filter(call.arguments());
    List<Command> found = call.server().commands().withSubcommands().filter(filter).toList();
    call.reply().writeArrayHeader(found.size());
    found.forEach(command -> call.reply().writeBulk(command.name()));
  }

  private static Predicate<Command> filter(Arguments arguments) {
    if (arguments.count() == 2) {
      return command -> !command.name().contains("|");
    }
    if (arguments.count() != 5 || !arguments.is(2, "FILTERBY")) {
      throw CommandException.SYNTAX;
    }
    String value = arguments.text(4);
    if (arguments.is(3, "MODULE")) {
      return command -> false;
    }
    if (arguments.is(3, "ACLCAT")) {
      return command ->
          command.categories().stream()
              .anyMatch(category -> category.wireName().equalsIgnoreCase(value));
    }
    if (arguments.is(3, "PATTERN")) {
      Glob glob = Glob.of(value.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
      return command -> glob.matches(command.name().getBytes(StandardCharsets.US_ASCII));
    }
    throw CommandException.SYNTAX;
  }

  private static void keys(Call call, boolean withFlags) {
    Arguments request = call.arguments().from(2);
    Command command = call.server().commands().find(request, 0);
    if (command == null) {
      throw new CommandException("ERR Invalid command specified");
    }
    if (command.keys().isEmpty()) {
      throw new CommandException("ERR The command has no key arguments");
    }
    if (!command.accepts(request.count())) {
      throw new CommandException("ERR Invalid number of arguments specified for command");
    }
    call.reply().writeArrayHeader((int) command.keyIndexes(request.count()).count());
    CommandReplies replies = new CommandReplies(call.reply());
    for (KeySpec spec : command.keys()) {
      for (int index : spec.indexes(request.count()).toArray()) {
        if (withFlags) {
          call.reply().writeArrayHeader(2);
        }
        call.reply().writeBulk(request.bytes(index));
        if (withFlags) {
          replies.keyFlags(spec);
        }
      }
    }
  }

  /**
   * Finds the command that an argument names, a subcommand by {@code container|subcommand}; null if
   * there is none.
   */
  static Command named(Call call, int index) {
    String[] words = call.arguments().text(index).split("\\|", 2);
    CommandTable table = call.server().commands();
    Command command = find(table, words[0]);
    return command == null || words.length == 1 ? command : find(command.subcommands(), words[1]);
  }

  private static Command find(CommandTable table, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return table.find(bytes, 0, bytes.length);
  }

  private static final Command HELP =
      own("command|help", 2, CommandCommands::help)
          .docs("server", "5.0.0", "O(1)", "Lists the subcommands of COMMAND.", "");

  private static void help(Call call) {
    Help.reply(
        call,
        "(no subcommand)",
        "    Returns the properties of all commands.",
        "COUNT",
        "    Counts the commands.",
        "DOCS [<command-name> ...]",
        "    Returns the documentation of commands, of all if none is named.",
        "GETKEYS <full-command>",
        "    Finds the keys in a request.",
        "GETKEYSANDFLAGS <full-command>",
        "    Finds the keys in a request, and what is done with them.",
        "INFO [<command-name> ...]",
        "    Returns the properties of commands, of all if none is named.",
        "LIST [FILTERBY (MODULE <module-name>|ACLCAT <category>|PATTERN <pattern>)]",
        "    Lists the names of commands.");
  }
}
