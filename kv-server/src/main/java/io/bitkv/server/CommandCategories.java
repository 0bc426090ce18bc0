package io.bitkv.server;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which categories a command is in without being told, as Redis's {@code setImplicitACLCategories}
 * decides.
 */
final class CommandCategories {

  private CommandCategories() {}

  /** The category that every command of a documentation group is in. */
  static Optional<CommandCategory> ofGroup(String group) {
    return switch (group) {
      case "string" -> Optional.of(CommandCategory.STRING);
      case "bitmap" -> Optional.of(CommandCategory.BITMAP);
      case "hyperloglog" -> Optional.of(CommandCategory.HYPERLOGLOG);
      case "generic" -> Optional.of(CommandCategory.KEYSPACE);
      case "connection" -> Optional.of(CommandCategory.CONNECTION);
      case "transactions" -> Optional.of(CommandCategory.TRANSACTION);
      default -> Optional.empty();
    };
  }

  /** The categories that flags bring. */
  static Set<CommandCategory> ofFlags(Set<CommandFlag> flags) {
    Set<CommandCategory> categories = EnumSet.noneOf(CommandCategory.class);
    for (CommandFlag flag : flags) {
      switch (flag) {
        case WRITE -> categories.add(CommandCategory.WRITE);
        case READONLY -> categories.add(CommandCategory.READ);
        case PUBSUB -> categories.add(CommandCategory.PUBSUB);
        case ADMIN -> {
          categories.add(CommandCategory.ADMIN);
          categories.add(CommandCategory.DANGEROUS);
        }
        default -> {}
      }
    }
    categories.add(flags.contains(CommandFlag.FAST) ? CommandCategory.FAST : CommandCategory.SLOW);
    return categories;
  }
}
