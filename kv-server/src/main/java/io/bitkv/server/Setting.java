package io.bitkv.server;

import io.bitkv.api.InvalidOptionException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One thing about a server that can be set: by a flag, an environment variable, a line of the
 * configuration file, and, if it may change while the server runs, by {@code CONFIG SET}.
 *
 * @param name what it is called in the file and by {@code CONFIG}; the flag is {@code --name}, the
 *     variable {@code BITKV_NAME}
 * @param label what stands for the value in help texts
 * @param description one line for help texts
 * @param defaultValue the value when nothing sets it
 * @param form how its value is read from and written as text
 * @param isChangeable whether it may change while the server runs
 * @param <T> the value's type
 */
record Setting<T>(
    String name,
    String label,
    String description,
    T defaultValue,
    Form<T> form,
    boolean isChangeable) {

  /** The port of what does not listen at all, {@code off} in text. */
  static final int OFF = -1;

  /**
   * How values are read from and written as text.
   *
   * @param parser reads a value, or throws an {@link InvalidOptionException} that says what is
   *     wrong with it
   * @param formatter writes a value so that the parser reads the same one
   * @param <T> the values' type
   */
  record Form<T>(Function<String, T> parser, Function<T, String> formatter) {}

  /** Makes a setting that holds from the start to the end. */
  static <T> Setting<T> fixed(
      String name, String label, String description, T defaultValue, Form<T> form) {
    return new Setting<>(name, label, description, defaultValue, form, false);
  }

  /** Makes a setting that may change while the server runs. */
  static <T> Setting<T> changeable(
      String name, String label, String description, T defaultValue, Form<T> form) {
    return new Setting<>(name, label, description, defaultValue, form, true);
  }

  /** Reads a value. */
  T parse(String text) {
    return form.parser().apply(text);
  }

  /** Writes the default value. */
  String defaultText() {
    return form.formatter().apply(defaultValue);
  }

  /** The command line's name for it. */
  String flag() {
    return "--" + name;
  }

  /** The environment's name for it. */
  String variable() {
    return "BITKV_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** A whole number within bounds. */
  static Form<Integer> number(int least, int greatest) {
    return new Form<>(
        text -> {
          try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= greatest) {
              return value;
            }
          } catch (NumberFormatException e) {
            // The message below says what is wanted.
          }
          throw new InvalidOptionException(
              "\"" + text + "\" is not a whole number from " + least + " to " + greatest);
        },
        value -> Integer.toString(value));
  }

  /** A TCP port, or {@link #OFF}. */
  static Form<Integer> port() {
    Form<Integer> number = number(0, 65_535);
    return new Form<>(
        text -> text.equals("off") ? Integer.valueOf(OFF) : number.parser().apply(text),
        value -> value == OFF ? "off" : number.formatter().apply(value));
  }

  /** A size in bytes within bounds. */
  static Form<Long> size(long least, long greatest) {
    return new Form<>(
        text -> {
          long value = Units.parseBytes(text);
          if (value < least || value > greatest) {
            throw new InvalidOptionException(
                text
                    + " is not within "
                    + Units.formatBytes(least)
                    + " to "
                    + Units.formatBytes(greatest));
          }
          return value;
        },
        value -> Long.toString(value));
  }

  /** One of an enumeration's names, in lower case. */
  static <E extends Enum<E>> Form<E> choice(Class<E> type) {
    Map<String, E> choices =
        Arrays.stream(type.getEnumConstants())
            .collect(
                Collectors.toMap(
                    Setting::lowerCase, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    return new Form<>(
        text ->
            Optional.ofNullable(choices.get(text))
                .orElseThrow(
                    () ->
                        new InvalidOptionException(
                            "\""
                                + text
                                + "\" is none of "
                                + String.join(", ", choices.keySet()))),
        Setting::lowerCase);
  }

  private static String lowerCase(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  /** Yes or no. */
  static Form<Boolean> yesNo() {
    return new Form<>(
        text ->
            switch (text) {
              case "yes" -> true;
              case "no" -> false;
              default -> throw new InvalidOptionException("\"" + text + "\" is neither yes nor no");
            },
        value -> value ? "yes" : "no");
  }

  /** The path of a file or folder; empty for none. */
  static Form<Path> path() {
    return new Form<>(
        text -> {
          try {
            return Path.of(text);
          } catch (InvalidPathException e) {
            throw new InvalidOptionException("\"" + text + "\" is no path", e);
          }
        },
        Path::toString);
  }

  /** A text of any content. */
  static Form<String> text() {
    return new Form<>(Function.identity(), Function.identity());
  }
}
