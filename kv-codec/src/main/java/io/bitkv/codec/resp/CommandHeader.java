package io.bitkv.codec.resp;

import java.nio.charset.StandardCharsets;

/**
 * The part of a request that is the same for every use of a command, encoded once: how many
 * arguments there are, and the command's name.
 *
 * <p>Immutable and thread-safe.
 */
public final class CommandHeader {
  private final String name;
  private final byte[] encoded;

  private CommandHeader(String name, byte[] encoded) {
    this.name = name;
    this.encoded = encoded;
  }

  /**
   * The header of a command.
   *
   * @param arguments how many arguments follow the name
   * @param words the command's name, and its subcommand's if it has one
   * @return the header
   * @throws IllegalArgumentException if {@code arguments} is negative or there is no word
   */
  public static CommandHeader of(int arguments, String... words) {
    if (arguments < 0 || words.length == 0) {
      throw new IllegalArgumentException(
          "a command has a name and no negative number of arguments: "
              + words.length
              + " words, "
              + arguments
              + " arguments");
    }
    StringBuilder text = new StringBuilder().append('*').append(words.length + arguments);
    for (String word : words) {
      int length = word.getBytes(StandardCharsets.UTF_8).length;
      text.append("\r\n$").append(length).append("\r\n").append(word);
    }
    byte[] encoded = text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    return new CommandHeader(String.join(" ", words), encoded);
  }

  /** Writes the header. */
  void writeTo(ByteArrayOutput output) {
    output.write(encoded, 0, encoded.length);
  }

  /**
   * The command's name, for messages.
   *
   * @return the words, with a blank between them
   */
  @Override
  public String toString() {
    return name;
  }
}
