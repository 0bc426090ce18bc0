package io.bitkv.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Applies the rules that allow or forbid commands: {@code +get}, {@code -config|set}, {@code
 * +@read}, {@code allcommands}. Immutable.
 */
final class AclCommandRules {

  private static final String UNKNOWN = "Unknown command or category name in ACL";

  private final CommandTable table;

  AclCommandRules(CommandTable table) {
    this.table = table;
  }

  /** Whether a rule is about commands. */
  static boolean isOne(String rule) {
    return rule.startsWith("+") || rule.startsWith("-");
  }

  /** Allows every command, those of later versions included. */
  AclSelector.Commands all() {
    return new AclSelector.Commands(List.of("+@all"), select(command -> true), true);
  }

  /**
   * Applies a rule.
   *
   * @throws AclRuleException if it names no command and no category
   */
  AclSelector.Commands apply(AclSelector.Commands before, String rule) {
    boolean isAllowing = rule.startsWith("+");
    String name = rule.substring(1).toLowerCase(Locale.ROOT);
    if (name.equals("@all")) {
      return isAllowing ? all() : AclSelector.NOTHING.commands();
    }
    BitSet named = name.startsWith("@") ? category(name.substring(1)) : command(name);
    BitSet allowed = (BitSet) before.allowed().clone();
    if (isAllowing) {
      allowed.or(named);
    } else {
      allowed.andNot(named);
    }
    List<String> rules = new ArrayList<>(before.rules());
    rules.removeIf(earlier -> isOvertaken(earlier.substring(1), name));
    rules.add((isAllowing ? "+" : "-") + name);
    boolean isAll = allowed.equals(select(command -> true));
    return new AclSelector.Commands(rules, allowed, isAll);
  }

  /** Whether an earlier rule says nothing any more once there is one for a name. */
  private static boolean isOvertaken(String earlier, String name) {
    return earlier.equals(name) || earlier.startsWith(name + "|");
  }

  private BitSet category(String name) {
    for (CommandCategory category : CommandCategory.values()) {
      if (category.wireName().equals(name)) {
        return select(command -> command.categories().contains(category));
      }
    }
    throw new AclRuleException(UNKNOWN);
  }

  private BitSet command(String name) {
    Command command = find(name);
    if (command == null) {
      throw new AclRuleException(UNKNOWN);
    }
    BitSet numbers = new BitSet();
    numbers.set(command.number());
    command.subcommands().withSubcommands().forEach(sub -> numbers.set(sub.number()));
    return numbers;
  }

  /** Finds a command, a subcommand by {@code container|subcommand}; null if there is none. */
  private Command find(String name) {
    String[] words = name.split("\\|", 2);
    Command command = find(table, words[0]);
    return command == null || words.length == 1 ? command : find(command.subcommands(), words[1]);
  }

  private static Command find(CommandTable among, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return among.find(bytes, 0, bytes.length);
  }

  private BitSet select(Predicate<Command> isWanted) {
    BitSet numbers = new BitSet();
    table.withSubcommands().filter(isWanted).forEach(command -> numbers.set(command.number()));
    return numbers;
  }
}
