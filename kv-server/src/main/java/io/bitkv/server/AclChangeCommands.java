package io.bitkv.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Those of the ACL commands that change users, or store or load them, see {@link AclCommands}. */
final class AclChangeCommands {

  private static final String ADMIN = "admin noscript loading stale";

  private static final CommandException NO_FILE =
      new CommandException(
          "ERR This server has no file of users: name one by aclfile, in its options or its"
              + " configuration file");

  private AclChangeCommands() {}

  static List<Command> subcommands() {
    return List.of(SETUSER, DELUSER, LOAD, SAVE);
  }

  private static final Command SETUSER =
      Command.named("acl|setuser", -3, ADMIN, AclChangeCommands::setUser)
          .docs(
              "server",
              "6.0.0",
              "O(N) with N rules",
              "Makes a user or changes its rules.",
              "username [rule...]");

  private static void setUser(Call call) {
    String name = call.arguments().text(2);
    if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ')) {
      throw new CommandException("ERR Usernames can't contain spaces or null characters");
    }
    List<String> rules = new ArrayList<>();
    for (int i = 3; i < call.arguments().count(); i++) {
      rules.add(call.arguments().text(i));
    }
    try {
      call.server().users().change(name, withWholeSelectors(rules));
    } catch (AclRuleException e) {
      throw new CommandException("ERR " + e.getMessage());
    }
    call.reply().writeOk();
  }

  /** Puts the arguments that a pair of parentheses spans together. */
  private static List<String> withWholeSelectors(List<String> rules) {
    List<String> whole = new ArrayList<>();
    String open = null;
    for (String rule : rules) {
      String word = open == null ? rule : open + " " + rule;
      boolean isOpen = word.startsWith("(") && !word.endsWith(")");
      open = isOpen ? word : null;
      if (!isOpen) {
        whole.add(word);
      }
    }
    if (open != null) {
      throw new AclRuleException(
          "Unmatched parenthesis in acl selector starting at '" + Shown.text(open) + "'.");
    }
    return whole;
  }

  private static final Command DELUSER =
      Command.named("acl|deluser", -3, ADMIN, AclChangeCommands::delUser)
          .docs(
              "server",
              "6.0.0",
              "O(N) with N connections",
              "Removes users and closes their connections.",
              "username...");

  private static void delUser(Call call) {
    List<String> names = new ArrayList<>();
    for (int i = 2; i < call.arguments().count(); i++) {
      names.add(call.arguments().text(i));
    }
    if (names.contains(AclUser.DEFAULT)) {
      throw new CommandException("ERR The 'default' user cannot be removed");
    }
    Set<AclAccount> gone =
        names.stream()
            .map(call.server().users()::remove)
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
    disconnect(call, gone);
    call.reply().writeInteger(gone.size());
  }

  /** Closes the connections of users who are no more; the caller's own once it has its reply. */
  private static void disconnect(Call call, Set<AclAccount> gone) {
    for (Connection connection : call.server().clients().all()) {
      if (gone.contains(connection.account())) {
        if (connection == call.connection()) {
          connection.end();
        } else {
          connection.channel().close();
        }
      }
    }
  }

  private static final Command SAVE =
      Command.named("acl|save", 2, ADMIN, AclChangeCommands::save)
          .docs("server", "6.0.0", "O(N) with N users", "Writes the users to their file.", "");

  private static void save(Call call) {
    AclUsers users = call.server().users();
    AclFile file = users.file().orElseThrow(() -> NO_FILE);
    try {
      file.write(users.all());
    } catch (IOException e) {
      throw new CommandException("ERR the users could not be stored: " + e.getMessage());
    }
    call.reply().writeOk();
  }

  private static final Command LOAD =
      Command.named("acl|load", 2, ADMIN, AclChangeCommands::load)
          .docs("server", "6.0.0", "O(N) with N users", "Reads the users from their file.", "");

  private static void load(Call call) {
    AclUsers users = call.server().users();
    AclFile file = users.file().orElseThrow(() -> NO_FILE);
    disconnect(call, Set.copyOf(users.replace(file.read())));
    call.reply().writeOk();
  }
}
