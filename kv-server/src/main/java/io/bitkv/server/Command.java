package io.bitkv.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
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
  private final CommandHandler handler;
  private final CommandTable subcommands;
  private final KeyFinder keyFinder;
  private final ChannelSpec channels;
  private int number;

  private Command(Builder builder) {
    name = builder.name;
    lastWord = name.substring(name.indexOf('|') + 1).getBytes(StandardCharsets.US_ASCII);
    arity = builder.arity;
    flags = builder.flags;
    categories = builder.categories();
    keys = List.copyOf(builder.keys);
    tips = List.copyOf(builder.tips);
    docs = builder.docs;
    usesWholeStore = builder.usesWholeStore;
    usesData =
        is(CommandFlag.WRITE) || is(CommandFlag.READONLY) || usesWholeStore || !keys.isEmpty();
    isImmediate = builder.isImmediate;
    handler = builder.handler;
    subcommands = new CommandTable(builder.subcommands);
    keyFinder = builder.keyFinder;
    channels = builder.channels;
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
  static Builder named(String name, int arity, String flags, CommandHandler handler) {
    return new Builder(name, arity, flags, handler);
  }

  /** Begins a command that only its subcommands carry out. */
  static Builder container(String name, Command... subcommands) {
    return new Builder(name, -2, "", null).subcommands(subcommands);
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

  /** Collects what a command is made of. */
  static final class Builder {

    private final String name;
    private final int arity;
    private final Set<CommandFlag> flags;
    private final CommandHandler handler;
    private final List<KeySpec> keys = new ArrayList<>();
    private final Set<CommandCategory> extraCategories = EnumSet.noneOf(CommandCategory.class);
    private List<String> tips = List.of();
    private List<Command> subcommands = List.of();
    private CommandDocs docs = new CommandDocs("", "", "", "", "");
    private KeyFinder keyFinder;
    private ChannelSpec channels;
    private boolean usesWholeStore;
    private boolean isImmediate;

    private Builder(String name, int arity, String flags, CommandHandler handler) {
      this.name = name;
      this.arity = arity;
      this.handler = handler;
      this.flags = EnumSet.noneOf(CommandFlag.class);
      words(flags)
          .forEach(flag -> this.flags.add(CommandFlag.valueOf(flag.toUpperCase(Locale.ROOT))));
    }

    /** Adds the one key at an index. */
    Builder key(int index, String keyFlags) {
      return keys(index, index, 1, keyFlags);
    }

    /** Adds keys, see {@link KeySpec}. */
    Builder keys(int first, int last, int step, String keyFlags) {
      keys.add(new KeySpec(first, last, step, words(keyFlags)));
      return this;
    }

    /** Says how access rules find its keys where {@link KeySpec}s alone do not tell. */
    Builder keysFoundBy(KeyFinder finder) {
      keyFinder = finder;
      return this;
    }

    /** Says where its channels stand, see {@link ChannelSpec}. */
    Builder channels(int first, int last, boolean arePatterns) {
      channels = new ChannelSpec(first, last, arePatterns);
      return this;
    }

    /** Says that it uses keys that its arguments do not tell, or another database. */
    Builder wholeStore() {
      usesWholeStore = true;
      return this;
    }

    /** Says that it runs at once even inside an open transaction. */
    Builder immediate() {
      isImmediate = true;
      return this;
    }

    /** Adds categories to those that flags and group bring. */
    Builder categories(CommandCategory... more) {
      extraCategories.addAll(Arrays.asList(more));
      return this;
    }

    /** Sets the hints for clients that spread requests over servers. */
    Builder tips(String hints) {
      tips = words(hints);
      return this;
    }

    Builder subcommands(Command... commands) {
      subcommands = List.of(commands);
      return this;
    }

    /** Sets the documentation and ends the command. */
    Command docs(String group, String since, String complexity, String summary, String syntax) {
      docs = new CommandDocs(summary, since, group, complexity, syntax);
      return new Command(this);
    }

    private Set<CommandCategory> categories() {
      Set<CommandCategory> all = EnumSet.noneOf(CommandCategory.class);
      all.addAll(extraCategories);
      if (handler != null) {
        CommandCategories.ofGroup(docs.group()).ifPresent(all::add);
      }
      all.addAll(CommandCategories.ofFlags(flags));
      return all;
    }

    private static List<String> words(String text) {
      return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
  }
}
