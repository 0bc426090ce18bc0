package io.bitkv.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the notation that command families write their arguments in.
 *
 * <pre>
 *   arguments   = *item
 *   item        = ( name [ ":" type ] | WORD [ value ] | group ) [ "..." ]      "...": it may be repeated
 *   group       = "[" body "]" | "(" body ")"                                   in square brackets: it may be left out
 *   body        = [ name ": " ] arguments *( "|" arguments )                     one of several
 * </pre>
 *
 * <p>A word in upper case stands for itself; a name or a group right behind it is its value.
 * Without a type, a name says what is meant.
 */
final class CommandSyntax {

  /**
   * An argument.
   *
   * @param name what it is called
   * @param type what it is: {@code key}, {@code string}, {@code integer}, {@code oneof}, {@code
   *     block}, ...
   * @param token the word before it, or empty
   * @param isOptional whether it may be left out
   * @param isMultiple whether it may be repeated
   * @param arguments what it consists of, or has one of
   */
  record Argument(
      String name,
      String type,
      String token,
      boolean isOptional,
      boolean isMultiple,
      List<Argument> arguments) {

    private Argument withToken(String word) {
      return new Argument(name, type, word, isOptional, isMultiple, arguments);
    }

    private Argument optional() {
      return new Argument(name, type, token, true, isMultiple, arguments);
    }

    private Argument multiple() {
      return new Argument(name, type, token, isOptional, true, arguments);
    }
  }

  private static final Set<String> INTEGERS =
      Set.of(
          "seconds",
          "milliseconds",
          "count",
          "start",
          "end",
          "offset",
          "increment",
          "decrement",
          "destination-db");

  private static final String REPEATED = "...";

  private final String[] words;
  private int at;

  private CommandSyntax(String text) {
    String spaced = text.replaceAll("([\\[\\]()|]|\\.\\.\\.)", " $1 ").trim();
    words = spaced.isEmpty() ? new String[0] : spaced.split(" +");
  }

  /** Reads a command's arguments. */
  static List<Argument> parse(String text) {
    return new CommandSyntax(text).sequence();
  }

  private List<Argument> sequence() {
    List<Argument> items = new ArrayList<>();
    while (at < words.length && !isNext("]") && !isNext(")") && !isNext("|")) {
      Argument item = item();
      if (isNext(REPEATED)) {
        at++;
        item = item.multiple();
      }
      items.add(item);
    }
    return items;
  }

  private Argument item() {
    String word = words[at++];
    if (word.equals("[")) {
      return group().optional();
    }
    if (word.equals("(")) {
      return group();
    }
    if (!isToken(word)) {
      return named(word);
    }
    boolean hasValue =
        at < words.length && (isNext("(") || Character.isLowerCase(words[at].charAt(0)));
    return hasValue
        ? item().withToken(word)
        : plain(word.toLowerCase(Locale.ROOT), "pure-token").withToken(word);
  }

  private Argument group() {
    String label = "";
    if (words[at].endsWith(":")) {
      label = words[at].substring(0, words[at].length() - 1);
      at++;
    }
    List<Argument> alternatives = new ArrayList<>();
    alternatives.add(block(sequence()));
    while (isNext("|")) {
      at++;
      alternatives.add(block(sequence()));
    }
    at++;
    return alternatives.size() == 1
        ? alternatives.getFirst()
        : new Argument(label, "oneof", "", false, false, alternatives);
  }

  private static Argument block(List<Argument> items) {
    if (items.size() == 1) {
      return items.getFirst();
    }
    String name = items.stream().map(Argument::name).collect(Collectors.joining("_"));
    return new Argument(name, "block", "", false, false, items);
  }

  private static Argument named(String word) {
    int colon = word.indexOf(':');
    return colon < 0
        ? plain(word, typeOf(word))
        : plain(word.substring(0, colon), word.substring(colon + 1));
  }

  private static Argument plain(String name, String type) {
    return new Argument(name, type, "", false, false, List.of());
  }

  private static String typeOf(String name) {
    if (name.equals("key") || name.equals("pattern")) {
      return name;
    }
    if (name.startsWith("unix-time")) {
      return "unix-time";
    }
    return INTEGERS.contains(name) ? "integer" : "string";
  }

  private static boolean isToken(String word) {
    return Character.isUpperCase(word.charAt(0));
  }

  private boolean isNext(String word) {
    return at < words.length && words[at].equals(word);
  }
}
