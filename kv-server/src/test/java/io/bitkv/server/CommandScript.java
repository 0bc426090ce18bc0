package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of requests, each a line that begins with {@code >}, and below it the reply that must
 * come.
 */
final class CommandScript {

  static final List<String> NAMES =
      List.of(
          "strings",
          "ranges",
          "counters",
          "bits",
          "lcs",
          "keys",
          "expiry",
          "dump",
          "transactions",
          "clients",
          "tracking",
          "connection");

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private CommandScript() {}

  /** Sends the requests of a script and compares the replies. */
  static void run(String name, RespClient client) {
    List<String> lines = lines(name);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("> ")) {
        String expected = lines.get(i + 1);
        String actual = client.text(words(lines.get(i).substring(2)));
        assertEquals(expected, actual, name + ".txt:" + (i + 1) + " " + lines.get(i));
      }
    }
  }

  private static List<String> lines(String name) {
    try {
      return Files.readAllLines(
          Path.of(CommandScript.class.getResource("/commands/" + name + ".txt").toURI()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String[] words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1).translateEscapes());
    }
    return words.toArray(String[]::new);
  }
}
