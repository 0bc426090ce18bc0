package io.bitkv.server;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds commands by name, in upper or lower case, straight from the bytes of a request.
 *
 * <p>Immutable: a hash table with open addressing, at most half full, whose probes allocate
 * nothing.
 */
final class CommandTable {

  /** ASCII letters differ from their other case by this bit. */
  private static final int CASE_BIT = 0x20;

  private final List<Command> commands;
  private final Command[] slots;

  /** Makes a table of commands, which are found by the last word of their names. */
  CommandTable(Collection<Command> commands) {
    this.commands = List.copyOf(commands);
    slots = new Command[Math.max(2, Integer.highestOneBit(this.commands.size()) * 4)];
    for (Command command : this.commands) {
      slots[emptySlot(command.lastWord())] = command;
    }
  }

  /** The commands, without their subcommands. */
  List<Command> commands() {
    return commands;
  }

  /** The commands, each followed by its subcommands. */
  Stream<Command> withSubcommands() {
    return commands.stream()
        .flatMap(
            command -> Stream.concat(Stream.of(command), command.subcommands().withSubcommands()));
  }

  /** Finds a command, or null. */
  Command find(byte[] buffer, int offset, int length) {
    int mask = slots.length - 1;
    for (int i = hash(buffer, offset, length) & mask; slots[i] != null; i = i + 1 & mask) {
      if (isNamed(slots[i].lastWord(), buffer, offset, length)) {
        return slots[i];
      }
    }
    return null;
  }

  /**
   * Finds the command, or the subcommand, that arguments from an index on name; null if there is
   * none.
   */
  Command find(Arguments arguments, int index) {
    Command command = find(arguments.buffer(), arguments.offset(index), arguments.length(index));
    if (command == null
        || command.subcommands().commands.isEmpty()
        || index + 1 >= arguments.count()) {
      return command;
    }
    return command.subcommands().find(arguments, index + 1);
  }

  private int emptySlot(byte[] name) {
    int mask = slots.length - 1;
    int i = hash(name, 0, name.length) & mask;
    while (slots[i] != null) {
      if (Arrays.equals(slots[i].lastWord(), name)) {
        throw new IllegalArgumentException("two commands are named " + slots[i].name());
      }
      i = i + 1 & mask;
    }
    return i;
  }

  private static int hash(byte[] buffer, int offset, int length) {
    int hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = hash * 31 + (buffer[i] | CASE_BIT);
    }
    return hash ^ hash >>> 15;
  }

  private static boolean isNamed(byte[] lowerCase, byte[] buffer, int offset, int length) {
    if (lowerCase.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      int b = buffer[offset + i];
      if ((b >= 'A' && b <= 'Z' ? b | CASE_BIT : b) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }
}
