package io.bitkv.server;

import io.bitkv.api.InvalidOptionException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts options together from where they can be set: flags stand above the environment, and that
 * above the configuration file.
 *
 * <p>The file has a setting a line, its name, a blank, and its value: {@code port 6379}. Blank
 * lines, and lines that begin with {@code #}, are skipped; a value may stand in double quotes.
 */
final class OptionSources {

  private static final String PREFIX = "BITKV_";

  /** The variable that names the configuration file. */
  static final String CONFIG_VARIABLE = PREFIX + "CONFIG";

  private OptionSources() {}

  /**
   * Puts the options together.
   *
   * @param flags settings' names and values, as the command line has them
   * @param config the file that the command line names
   * @param environment the environment's variables
   * @throws InvalidOptionException naming where the bad value or unknown name stands
   */
  static ServerOptions read(
      Map<String, String> flags, Optional<Path> config, Map<String, String> environment) {
    Optional<Path> file =
        config.or(() -> Optional.ofNullable(environment.get(CONFIG_VARIABLE)).map(Path::of));
    ServerOptions options = ServerOptions.defaults();
    if (file.isPresent()) {
      options = readFile(options, file.get());
    }
    options = readEnvironment(options, environment);
    for (Map.Entry<String, String> flag : flags.entrySet()) {
      options = set(options, flag.getKey(), flag.getValue(), "--");
    }
    return options;
  }

  private static ServerOptions readFile(ServerOptions start, Path file) {
    ServerOptions options = start;
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && line.charAt(0) != '#') {
        String[] words = line.split("\\s+", 2);
        options =
            set(
                options,
                words[0],
                words.length == 2 ? unquoted(words[1]) : "",
                file + ":" + (i + 1) + ": ");
      }
    }
    return options;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new InvalidOptionException("the configuration file " + file + " does not exist", e);
    } catch (MalformedInputException e) {
      throw new InvalidOptionException(
          "the configuration file " + file + " is not text in UTF-8", e);
    } catch (IOException e) {
      throw new InvalidOptionException(
          "the configuration file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static String unquoted(String value) {
    boolean isQuoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return isQuoted ? value.substring(1, value.length() - 1) : value;
  }

  private static ServerOptions readEnvironment(
      ServerOptions start, Map<String, String> environment) {
    ServerOptions options = start;
    for (Setting<?> setting : Settings.ALL) {
      String value = environment.get(setting.variable());
      if (value != null) {
        options = set(options, setting.name(), value, setting.variable() + ": ");
      }
    }
    for (String name : environment.keySet()) {
      refuseMisspelt(name);
    }
    return options;
  }

  /**
   * Refuses what looks like a setting's variable; others of the prefix may belong to other
   * programs.
   */
  private static void refuseMisspelt(String variable) {
    List<String> known = Settings.ALL.stream().map(Setting::variable).toList();
    if (!variable.startsWith(PREFIX)
        || variable.equals(CONFIG_VARIABLE)
        || known.contains(variable)) {
      return;
    }
    List<String> suffixes = known.stream().map(name -> name.substring(PREFIX.length())).toList();
    NearestName.of(variable.substring(PREFIX.length()), suffixes)
        .ifPresent(
            near -> {
              throw new InvalidOptionException(
                  "the environment sets "
                      + variable
                      + ", which is no setting; did you mean "
                      + PREFIX
                      + near
                      + "?");
            });
  }

  private static ServerOptions set(ServerOptions options, String name, String value, String where) {
    try {
      return options.with(name, value);
    } catch (InvalidOptionException e) {
      throw new InvalidOptionException(where + e.getMessage(), e);
    }
  }
}
