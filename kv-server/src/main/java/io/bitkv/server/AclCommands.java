package io.bitkv.server;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** ACL: who may do what; {@link AclChangeCommands} has those of its commands that change it. */
final class AclCommands {

  private static final String ADMIN = "admin noscript loading stale";
  private static final String ANYBODY = "noscript loading stale";
  private static final int MAX_PASSWORD_BITS = 4096;
  private static final long USUAL_LOG_COUNT = 10;

  private AclCommands() {}

  static List<Command> commands() {
    return List.of(
        Command.container("acl", subcommands())
            .docs(
                "server",
                "6.0.0",
                "that of the subcommand",
                "Holds the commands about users.",
                ""));
  }

  private static Command[] subcommands() {
    List<Command> own = List.of(CAT, DRYRUN, GENPASS, GETUSER, LIST, LOG, USERS, WHOAMI, HELP);
    return Stream.of(own, AclChangeCommands.subcommands())
        .flatMap(List::stream)
        .toArray(Command[]::new);
  }

  private static final Command WHOAMI =
      Command.named("acl|whoami", 2, ANYBODY, AclCommands::whoAmI)
          .docs("server", "6.0.0", "O(1)", "Tells which user the connection is.", "");

  private static void whoAmI(Call call) {
    call.reply().writeBulk(call.connection().account().name());
  }

  private static final Command LIST =
      Command.named("acl|list", 2, ADMIN, AclCommands::list)
          .docs("server", "6.0.0", "O(N) with N users", "Returns all users' rules.", "");

  private static void list(Call call) {
    List<String> lines = call.server().users().all().stream().map(AclFile::line).toList();
    call.reply().writeArrayHeader(lines.size());
    lines.forEach(call.reply()::writeBulk);
  }

  private static final Command LOG =
      Command.named("acl|log", -2, ADMIN, AclCommands::log)
          .docs(
              "server",
              "6.0.0",
              "O(N) with N entries",
              "Returns the newest of what was denied, or forgets it.",
              "[(operation: count:integer | RESET)]");

  private static void log(Call call) {
    Arguments arguments = call.arguments();
    if (arguments.count() > 3) {
      throw Errors.wrongSubcommand("ACL", arguments);
    }
    if (arguments.count() == 3 && arguments.is(2, "RESET")) {
      call.server().aclLog().clear();
      call.reply().writeOk();
      return;
    }
    long count = arguments.count() == 3 ? Math.max(0, arguments.integer(2)) : USUAL_LOG_COUNT;
    List<AclLog.Entry> entries = call.server().aclLog().newest(count);
    call.reply().writeArrayHeader(entries.size());
    long now = call.server().clock().millis();
    entries.forEach(entry -> AclReplies.logEntry(call.reply(), entry, now));
  }

  private static final Command USERS =
      Command.named("acl|users", 2, ADMIN, AclCommands::users)
          .docs("server", "6.0.0", "O(N) with N users", "Returns all users' names.", "");

  private static void users(Call call) {
    List<AclAccount> all = List.copyOf(call.server().users().all());
    call.reply().writeArrayHeader(all.size());
    all.forEach(account -> call.reply().writeBulk(account.name()));
  }

  private static final Command GETUSER =
      Command.named("acl|getuser", 3, ADMIN, AclCommands::getUser)
          .docs("server", "6.0.0", "O(N) with N rules", "Returns a user's rules.", "username");

  private static void getUser(Call call) {
    Optional<AclAccount> account = call.server().users().find(call.arguments().text(2));
    if (account.isPresent()) {
      AclReplies.user(call.reply(), account.get().user());
    } else {
      call.reply().writeNullArray();
    }
  }

  private static final Command CAT =
      Command.named("acl|cat", -2, ANYBODY, AclCommands::cat)
          .docs(
              "server",
              "6.0.0",
              "O(N) with N commands",
              "Lists the categories, or the commands of one.",
              "[category]");

  private static void cat(Call call) {
    Arguments arguments = call.arguments();
    if (arguments.count() > 3) {
      throw new CommandException(
          "ERR unknown subcommand or wrong number of arguments for 'CAT'. Try ACL HELP.");
    }
    List<String> names =
        arguments.count() == 2
            ? List.of(CommandCategory.values()).stream().map(CommandCategory::wireName).toList()
            : commandsOf(call, arguments.text(2));
    call.reply().writeArrayHeader(names.size());
    names.forEach(call.reply()::writeBulk);
  }

  private static List<String> commandsOf(Call call, String category) {
    for (CommandCategory known : CommandCategory.values()) {
      if (known.wireName().equals(category.toLowerCase(Locale.ROOT))) {
        return call.server()
            .commands()
            .withSubcommands()
            .filter(command -> command.categories().contains(known))
            .map(Command::name)
            .toList();
      }
    }
    throw new CommandException("ERR Unknown category '" + Shown.text(category) + "'");
  }

  private static final Command DRYRUN =
      Command.named("acl|dryrun", -4, ADMIN, AclCommands::dryRun)
          .docs(
              "server",
              "7.0.0",
              "O(1)",
              "Tells whether a user might run a command, without running it.",
              "username command [arg...]");

  private static void dryRun(Call call) {
    String name = call.arguments().text(2);
    AclAccount account =
        call.server()
            .users()
            .find(name)
            .orElseThrow(
                () -> new CommandException("ERR User '" + Shown.text(name) + "' not found"));
    Arguments request = call.arguments().from(3);
    Command command = call.server().commands().find(request, 0);
    if (command == null) {
      throw new CommandException(
          "ERR Command '" + request.text(0, Errors.SHOWN_BYTES) + "' not found");
    }
    if (!command.accepts(request.count()) || command.handler() == null) {
      throw CommandException.wrongArity(command.name());
    }
    AclGuard.Verdict verdict = AclGuard.verdict(account.user(), command, request);
    AclReplies.verdict(call.reply(), verdict, command, request);
  }

  private static final Command GENPASS =
      Command.named("acl|genpass", -2, ANYBODY, AclCommands::genPass)
          .docs("server", "6.0.0", "O(1)", "Makes a password up.", "[bits:integer]");

  private static void genPass(Call call) {
    Arguments arguments = call.arguments();
    long bits = arguments.count() == 2 ? 256 : arguments.integer(2);
    if (arguments.count() > 3 || bits < 1 || bits > MAX_PASSWORD_BITS) {
      throw new CommandException(
          "ERR ACL GENPASS argument must be the number of bits for the output password, a positive"
              + " number up to "
              + MAX_PASSWORD_BITS);
    }
    int digits = (int) (bits + 3) / 4;
    byte[] random = new byte[(digits + 1) / 2];
    new SecureRandom().nextBytes(random);
    call.reply().writeBulk(HexFormat.of().formatHex(random).substring(0, digits));
  }

  private static final Command HELP =
      Command.named("acl|help", 2, "loading stale", AclCommands::help)
          .docs("server", "6.0.0", "O(1)", "Lists the subcommands of ACL.", "");

  private static void help(Call call) {
    Help.reply(
        call,
        "CAT [<category>]",
        "    Lists the commands of a category, or the categories.",
        "DELUSER <username> [<username> ...]",
        "    Removes users, and closes their connections.",
        "DRYRUN <username> <command> [<arg> ...]",
        "    Tells whether a user might run a command, without running it.",
        "GENPASS [<bits>]",
        "    Makes up a password of so many random bits, 256 if it is not said.",
        "GETUSER <username>",
        "    Shows a user's rules one by one.",
        "LIST",
        "    Shows all users as the file of users has them.",
        "LOAD",
        "    Reads the users from their file.",
        "LOG [<count> | RESET]",
        "    Shows the newest of what was denied, 10 entries if nothing is said, or forgets it all.",
        "SAVE",
        "    Writes the users to their file.",
        "SETUSER <username> <rule> [<rule> ...]",
        "    Makes a user, or changes its rules.",
        "USERS",
        "    Lists the users' names.",
        "WHOAMI",
        "    Tells which user this connection is.");
  }
}
