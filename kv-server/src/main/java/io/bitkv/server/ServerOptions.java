package io.bitkv.server;

import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.StoreOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The values of a server's settings. Immutable; {@link #with} returns a changed copy. {@code kv
 * server --help} lists the settings.
 */
public final class ServerOptions {

  private static final ServerOptions DEFAULTS = new ServerOptions(Map.of(), Optional.empty());

  /** The values that differ from the default, under their settings' names. */
  private final Map<String, Object> values;

  private final Optional<ConfigFile> configFile;

  private ServerOptions(Map<String, Object> values, Optional<ConfigFile> configFile) {
    this.values = values;
    this.configFile = configFile;
  }

  /**
   * The default options: the store in {@code ./data}, served on 127.0.0.1:6379.
   *
   * @return those options
   */
  public static ServerOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Changes one setting.
   *
   * @param name the setting's name, for example {@code port}
   * @param text its value, in the form that the flag of that name takes
   * @return the changed copy
   * @throws InvalidOptionException if there is no such setting, or it cannot have that value; the
   *     message names both
   */
  public ServerOptions with(String name, String text) {
    Setting<?> setting =
        Settings.find(name)
            .orElseThrow(() -> new InvalidOptionException(NearestName.unknown("setting", name)));
    try {
      return withParsed(setting, text);
    } catch (InvalidOptionException e) {
      throw new InvalidOptionException(setting.name() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Tells where the store's files are.
   *
   * @return the directory
   */
  public Path directory() {
    return get(Settings.DIR);
  }

  /** The file that some of the values come from, which {@code CONFIG REWRITE} changes. */
  Optional<ConfigFile> configFile() {
    return configFile;
  }

  /** Says which file some of the values come from. */
  ServerOptions withConfigFile(ConfigFile file) {
    return new ServerOptions(values, Optional.of(file));
  }

  /** How the store is to be opened. */
  StoreOptions storeOptions() {
    return StoreOptions.defaults()
        .withSyncPolicy(get(Settings.SYNC))
        .withSegmentBytes(get(Settings.SEGMENT_SIZE))
        .withDirectoryKind(get(Settings.DIRECTORY));
  }

  /** Looks a value up. */
  @SuppressWarnings(
      "unchecked") // Values are only ever put under the name of the setting that parsed them.
  <T> T get(Setting<T> setting) {
    return (T) values.getOrDefault(setting.name(), setting.defaultValue());
  }

  /** Writes a value as text. */
  <T> String text(Setting<T> setting) {
    return setting.form().formatter().apply(get(setting));
  }

  /** Changes one setting. */
  <T> ServerOptions with(Setting<T> setting, T value) {
    Map<String, Object> changed = new HashMap<>(values);
    changed.put(setting.name(), value);
    return new ServerOptions(changed, configFile);
  }

  /**
   * Changes one setting.
   *
   * @throws InvalidOptionException if it cannot have that value; the message does not name the
   *     setting
   */
  <T> ServerOptions withParsed(Setting<T> setting, String text) {
    return with(setting, setting.parse(text));
  }
}
