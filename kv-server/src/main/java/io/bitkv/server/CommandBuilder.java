package io.bitkv.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Collects what a {@link Command} is made of. */
final class CommandBuilder {

  /** What holds of few commands. */
  enum Trait {
    /** It uses keys that its arguments do not tell, or another database. */
    WHOLE_STORE,
    /** It runs at once even inside an open transaction. */
    IMMEDIATE,
    /** Clients of version 2 of the protocol may send it while they are subscribed. */
    FOR_SUBSCRIBERS,
    /** It is not in the category that its group brings. */
    OUTSIDE_GROUP
  }

  private final String name;
  private final int arity;
  private final Set<CommandFlag> flags = EnumSet.noneOf(CommandFlag.class);
  private final CommandHandler handler;
  private final List<KeySpec> keys = new ArrayList<>();
  private final Set<CommandCategory> extraCategories = EnumSet.noneOf(CommandCategory.class);
  private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
  private List<String> tips = List.of();
  private List<Command> subcommands = List.of();
  private KeyFinder keyFinder;
  private ChannelSpec channels;
  private CommandDocs docs = new CommandDocs("", "", "", "", "");

  CommandBuilder(String name, int arity, String flags, CommandHandler handler) {
    this.name = name;
    this.arity = arity;
    this.handler = handler;
    words(flags)
        .forEach(flag -> this.flags.add(CommandFlag.valueOf(flag.toUpperCase(Locale.ROOT))));
  }

  /** Adds the one key at an index. */
  CommandBuilder key(int index, String keyFlags) {
    return keys(index, index, 1, keyFlags);
  }

  /** Adds keys, see {@link KeySpec}. */
  CommandBuilder keys(int first, int last, int step, String keyFlags) {
    keys.add(new KeySpec(first, last, step, words(keyFlags)));
    return this;
  }

  /** Says how access rules find its keys where {@link KeySpec}s alone do not tell. */
  CommandBuilder keysFoundBy(KeyFinder finder) {
    keyFinder = finder;
    return this;
  }

  /** Says where its channels stand, see {@link ChannelSpec}. */
  CommandBuilder channels(int first, int last, boolean arePatterns) {
    channels = new ChannelSpec(first, last, arePatterns);
    return this;
  }

  /** Says that it uses keys that its arguments do not tell, or another database. */
  CommandBuilder wholeStore() {
    return with(Trait.WHOLE_STORE);
  }

  /** Says that it runs at once even inside an open transaction. */
  CommandBuilder immediate() {
    return with(Trait.IMMEDIATE);
  }

  /** Says that clients of version 2 of the protocol may send it while they are subscribed. */
  CommandBuilder whileSubscribed() {
    return with(Trait.FOR_SUBSCRIBERS);
  }

  /** Says that it is not in the category that its group brings. */
  CommandBuilder outsideGroup() {
    return with(Trait.OUTSIDE_GROUP);
  }

  /** Adds categories to those that flags and group bring. */
  CommandBuilder categories(CommandCategory... more) {
    extraCategories.addAll(Arrays.asList(more));
    return this;
  }

  /** Sets the hints for clients that spread requests over servers. */
  CommandBuilder tips(String hints) {
    tips = words(hints);
    return this;
  }

  CommandBuilder subcommands(Command... commands) {
    subcommands = List.of(commands);
    return this;
  }

  /** Sets the documentation and ends the command. */
  Command docs(String group, String since, String complexity, String summary, String syntax) {
    docs = new CommandDocs(summary, since, group, complexity, syntax);
    return new Command(this);
  }

  String name() {
    return name;
  }

  int arity() {
    return arity;
  }

  Set<CommandFlag> flags() {
    return flags;
  }

  CommandHandler handler() {
    return handler;
  }

  List<KeySpec> keys() {
    return List.copyOf(keys);
  }

  KeyFinder keyFinder() {
    return keyFinder;
  }

  ChannelSpec channels() {
    return channels;
  }

  List<String> tips() {
    return tips;
  }

  List<Command> subcommands() {
    return subcommands;
  }

  CommandDocs docs() {
    return docs;
  }

  boolean is(Trait trait) {
    return traits.contains(trait);
  }

  Set<CommandCategory> categories() {
    Set<CommandCategory> all = EnumSet.noneOf(CommandCategory.class);
    all.addAll(extraCategories);
    if (handler != null && !is(Trait.OUTSIDE_GROUP)) {
      CommandCategories.ofGroup(docs.group()).ifPresent(all::add);
    }
    all.addAll(CommandCategories.ofFlags(flags));
    return all;
  }

  private CommandBuilder with(Trait trait) {
    traits.add(trait);
    return this;
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }
}
