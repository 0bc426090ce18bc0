package io.bitkv.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A set of permissions: commands, keys and channels that go together. A user has one, and may have
 * more beside it; a request is allowed if one of them allows all of it. Immutable.
 */
final class AclSelector {

  private static final String EVERYTHING = "*";

  /** Allows nothing. */
  static final AclSelector NOTHING =
      new AclSelector(new Commands(List.of("-@all"), new BitSet(), false), List.of(), List.of());

  /**
   * Which commands may be run.
   *
   * @param rules the rules that say so, in the order in which they were given
   * @param allowed the numbers of the allowed ones; not to be changed
   * @param isAll whether no rule takes any away
   */
  record Commands(List<String> rules, BitSet allowed, boolean isAll) {}

  private final Commands commands;
  private final List<AclKeyPattern> keys;
  private final List<String> channels;
  private final List<Glob> channelGlobs;
  private final boolean hasAllKeys;
  private final boolean hasAllChannels;

  AclSelector(Commands commands, List<AclKeyPattern> keys, List<String> channels) {
    this.commands = commands;
    this.keys = List.copyOf(keys);
    this.channels = List.copyOf(channels);
    channelGlobs =
        channels.stream().map(text -> Glob.of(text.getBytes(StandardCharsets.UTF_8))).toList();
    hasAllKeys = keys.stream().anyMatch(AclKeyPattern::isEverything);
    hasAllChannels = channels.contains(EVERYTHING);
  }

  AclSelector with(Commands changed) {
    return new AclSelector(changed, keys, channels);
  }

  AclSelector withKeys(List<AclKeyPattern> changed) {
    return new AclSelector(commands, changed, channels);
  }

  AclSelector withChannels(List<String> changed) {
    return new AclSelector(commands, keys, changed);
  }

  /** Which commands may be run. */
  Commands commands() {
    return commands;
  }

  List<AclKeyPattern> keys() {
    return keys;
  }

  List<String> channels() {
    return channels;
  }

  boolean hasAllKeys() {
    return hasAllKeys;
  }

  boolean hasAllChannels() {
    return hasAllChannels;
  }

  /** Whether it allows every request. */
  boolean isUnlimited() {
    return commands.isAll() && hasAllKeys && hasAllChannels;
  }

  boolean allows(Command command) {
    return command.is(CommandFlag.NO_AUTH) || commands.allowed().get(command.number());
  }

  /** Whether a key may be used in a way. */
  boolean allowsKey(byte[] key, boolean isRead, boolean isWritten) {
    return hasAllKeys
        || keys.stream().anyMatch(p -> p.allows(isRead, isWritten) && p.glob().matches(key));
  }

  /** Whether every key may be used in a way, whatever its name. */
  boolean allowsAnyKey(boolean isRead, boolean isWritten) {
    return hasAllKeys
        || keys.stream().anyMatch(p -> p.allows(isRead, isWritten) && p.text().equals(EVERYTHING));
  }

  /** Whether a channel may be used; a pattern of channels only if it is granted literally. */
  boolean allowsChannel(byte[] name, boolean isPattern) {
    if (hasAllChannels) {
      return true;
    }
    return isPattern
        ? channels.contains(new String(name, StandardCharsets.UTF_8))
        : channelGlobs.stream().anyMatch(glob -> glob.matches(name));
  }

  /** The rules of the keys, with blanks between them. */
  String keyRules() {
    return String.join(" ", keys.stream().map(AclKeyPattern::rule).toList());
  }

  /** The rules of the channels, with blanks between them. */
  String channelRules() {
    return String.join(" ", channels.stream().map(text -> "&" + text).toList());
  }

  /** The rules of the commands, with blanks between them. */
  String commandRules() {
    return String.join(" ", commands.rules());
  }

  /** All rules, from which an equal selector can be made. */
  @Override
  public String toString() {
    List<String> rules = new ArrayList<>();
    if (!keys.isEmpty()) {
      rules.add(keyRules());
    }
    if (!hasAllChannels) {
      rules.add("resetchannels");
    }
    if (!channels.isEmpty()) {
      rules.add(channelRules());
    }
    rules.add(commandRules());
    return String.join(" ", rules);
  }
}
