package io.bitkv.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A command: its name, the shape of its requests, its properties and what carries it out.
 * Everything that the server knows of a command in general stands here, so that {@code COMMAND},
 * access rules, transactions and the dispatcher all read the same table.
 */
final class Command {

  private final String name;
  private final byte[] lastWord;
  private final int arity;
  private final Set<CommandFlag> flags;
  private final Set<CommandCategory> categories;
  private final List<KeySpec> keys;
  private final List<String> tips;
  private final CommandDocs docs;
  private final boolean usesWholeStore;
  private final boolean usesData;
  private final boolean isImmediate;
  private final boolean isForSubscribers;
  private final CommandHandler handler;
  private final CommandTable subcommands;
  private final KeyFinder keyFinder;
  private final ChannelSpec channels;
  private int number;

  Command(CommandBuilder builder) {
    name = builder.name();
    lastWord = name.substring(name.indexOf('|') + 1).getBytes(StandardCharsets.US_ASCII);
    arity = builder.arity();
    flags = builder.flags();
    categories = builder.categories();
    keys = builder.keys();
    tips = builder.tips();
    docs = builder.docs();
    usesWholeStore = builder.is(CommandBuilder.Trait.WHOLE_STORE);
    usesData =
        is(CommandFlag.WRITE) || is(CommandFlag.READONLY) || usesWholeStore || !keys.isEmpty();
    isImmediate = builder.is(CommandBuilder.Trait.IMMEDIATE);
    isForSubscribers = builder.is(CommandBuilder.Trait.FOR_SUBSCRIBERS);
    handler = builder.handler();
    subcommands = new CommandTable(builder.subcommands());
    keyFinder = builder.keyFinder();
    channels = builder.channels();
  }

  /**
   * Begins a command that {@code handler} carries out.
   *
   * @param name its name in lower case; a subcommand's has its container's before it, {@code
   *     client|id}
   * @param arity how many arguments its requests have, the name included; a negative number is the
   *     least
   * @param flags its flags' names, with blanks between them
   * @param handler what carries it out
   */
  static CommandBuilder named(String name, int arity, String flags, CommandHandler handler) {
    return new CommandBuilder(name, arity, flags, handler);
  }

  /** Begins a command that only its subcommands carry out. */
  static CommandBuilder container(String name, Command... subcommands) {
    return new CommandBuilder(name, -2, "", null).subcommands(subcommands);
  }

  /** The name, in lower case, a subcommand's after its container's. */
  String name() {
    return name;
  }

  /** The last word of the name, in lower case; not to be changed. */
  byte[] lastWord() {
    return lastWord;
  }

  int arity() {
    return arity;
  }

  Set<CommandFlag> flags() {
    return flags;
  }

  Set<CommandCategory> categories() {
    return categories;
  }

  List<KeySpec> keys() {
    return keys;
  }

  /** Where the keys stand in a request of so many arguments. */
  IntStream keyIndexes(int count) {
    return keys.stream().flatMapToInt(spec -> spec.indexes(count));
  }

  /** Goes through the keys that a request uses, with what is done to each. */
  void findKeys(Arguments arguments, KeyFinder.Visitor visitor) {
    if (keyFinder != null) {
      keyFinder.find(arguments, visitor);
      return;
    }
    for (KeySpec spec : keys) {
      spec.indexes(arguments.count())
          .forEach(index -> visitor.key(index, spec.isRead(), spec.isWritten()));
    }
  }

  /** Where its channels stand, or null if it has none. */
  ChannelSpec channels() {
    return channels;
  }

  List<String> tips() {
    return tips;
  }

  CommandDocs docs() {
    return docs;
  }

  /** The subcommands; none for most commands. */
  CommandTable subcommands() {
    return subcommands;
  }

  /** What carries it out, or null when only subcommands do. */
  CommandHandler handler() {
    return handler;
  }

  boolean is(CommandFlag flag) {
    return flags.contains(flag);
  }

  /**
   * Whether it uses keys that its arguments do not tell, or another database than the selected one.
   */
  boolean usesWholeStore() {
    return usesWholeStore;
  }

  /** Whether it reads or changes data. */
  boolean usesData() {
    return usesData;
  }

  /** Whether it runs at once even inside an open transaction. */
  boolean isImmediate() {
    return isImmediate;
  }

  /** Whether clients of version 2 of the protocol may send it while they are subscribed. */
  boolean isForSubscribers() {
    return isForSubscribers;
  }

  /** Whether a request of so many arguments has the right number of them. */
  boolean accepts(int count) {
    return arity >= 0 ? count == arity : count >= -arity;
  }

  /**
   * A number of its own, counted from 0 through the whole table; what is counted per command is
   * kept under it.
   */
  int number() {
    return number;
  }

  void number(int value) {
    number = value;
  }
}
