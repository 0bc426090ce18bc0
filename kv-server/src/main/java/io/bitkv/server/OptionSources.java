package io.bitkv.server;

import io.bitkv.api.InvalidOptionException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts options together from where they can be set: flags stand above the environment, and that
 * above the configuration file.
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

  private static ServerOptions readFile(ServerOptions start, Path path) {
    ConfigFile file = new ConfigFile(path);
    ServerOptions options = start.withConfigFile(file);
    for (ConfigFile.Line line : file.read()) {
      options = set(options, line.name(), line.value(), path + ":" + line.number() + ": ");
    }
    return options;
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
