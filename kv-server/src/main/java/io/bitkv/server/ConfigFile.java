package io.bitkv.server;

import io.bitkv.api.InvalidOptionException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration file: a setting a line, its name, a blank, and its value: {@code port 6379}.
 * Blank lines, and lines that begin with {@code #}, are skipped; a value may stand in double
 * quotes.
 */
final class ConfigFile {

  /**
   * A line that sets something.
   *
   * @param number the line's number, from 1
   * @param name the setting's name
   * @param value its value
   */
  record Line(int number, String name, String value) {}

  private final Path path;

  ConfigFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /**
   * Reads the lines that set something.
   *
   * @throws InvalidOptionException if the file cannot be read
   */
  List<Line> read() {
    List<String> lines = lines();
    List<Line> settings = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      parse(i + 1, lines.get(i)).ifPresent(settings::add);
    }
    return settings;
  }

  /**
   * Writes the options in force into the file: lines whose values have changed are replaced, what
   * differs from the defaults and is missing is added, and everything else stays as it is.
   *
   * @throws IOException if it could not be stored; the file is as it was then
   */
  void rewrite(ServerOptions options) throws IOException {
    List<String> rewritten = new ArrayList<>();
    Set<String> written = new HashSet<>();
    List<String> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      Optional<Line> line = parse(i + 1, lines.get(i));
      Optional<Setting<?>> setting = line.map(Line::name).flatMap(Settings::find);
      if (setting.isEmpty()) {
        rewritten.add(lines.get(i));
      } else if (written.add(setting.get().name())) {
        boolean isSame = isSame(options, setting.get(), line.get().value());
        rewritten.add(isSame ? lines.get(i) : line(options, setting.get()));
      }
    }
    for (Setting<?> setting : Settings.ALL) {
      boolean isDefault = options.text(setting).equals(setting.defaultText());
      if (!isDefault && written.add(setting.name())) {
        rewritten.add(line(options, setting));
      }
    }
    PrivateFile.replace(path, String.join("\n", rewritten) + "\n");
  }

  private static <T> boolean isSame(ServerOptions options, Setting<T> setting, String value) {
    return setting.parse(value).equals(options.get(setting));
  }

  private static String line(ServerOptions options, Setting<?> setting) {
    String value = options.text(setting);
    boolean needsQuotes = value.isEmpty() || !value.equals(value.strip()) || isQuoted(value);
    return setting.name() + " " + (needsQuotes ? '"' + value + '"' : value);
  }

  private static Optional<Line> parse(int number, String text) {
    String line = text.strip();
    if (line.isEmpty() || line.charAt(0) == '#') {
      return Optional.empty();
    }
    String[] words = line.split("\\s+", 2);
    String value = words.length == 2 ? words[1] : "";
    return Optional.of(
        new Line(
            number,
            words[0],
            isQuoted(value) ? value.substring(1, value.length() - 1) : value));
  }

  private static boolean isQuoted(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(path);
    } catch (NoSuchFileException e) {
      throw new InvalidOptionException("the configuration file " + path + " does not exist", e);
    } catch (MalformedInputException e) {
      throw new InvalidOptionException(
          "the configuration file " + path + " is not text in UTF-8", e);
    } catch (IOException e) {
      throw new InvalidOptionException(
          "the configuration file " + path + " cannot be read: " + e.getMessage(), e);
    }
  }
}
