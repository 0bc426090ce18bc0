package io.bitkv.server;

import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.SyncPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings as CONFIG shows them: the server's own, and under Redis's names what tools ask for
 * before they begin. Setting any of them to the value it has is always possible.
 */
final class ConfigView {

  private static final String APPENDFSYNC = "appendfsync";

  /**
   * What Redis can be set to, and this server always does: all data is in the log, and none is
   * dropped to save memory.
   */
  private static final Map<String, String> CONSTANTS =
      Map.of("appendonly", "yes", "save", "", "maxmemory-policy", "noeviction");

  private ConfigView() {}

  /** All names with their values. */
  static Map<String, String> all(ServerOptions options) {
    Map<String, String> all = new TreeMap<>(CONSTANTS);
    Settings.ALL.forEach(setting -> all.put(setting.name(), options.text(setting)));
    all.put(APPENDFSYNC, appendfsync(options.get(Settings.SYNC)));
    return all;
  }

  /**
   * Changes one.
   *
   * @throws InvalidOptionException if it cannot have that value, or not while the server runs
   */
  static ServerOptions changed(ServerOptions options, String name, String value) {
    if (value.equals(all(options).get(name))) {
      return options;
    }
    if (name.equals(APPENDFSYNC)) {
      return options.with(Settings.SYNC, policy(value));
    }
    if (name.equals(Settings.OUTPUT_LIMIT.name())) {
      OutputLimits limits = OutputLimits.parse(value, options.get(Settings.OUTPUT_LIMIT));
      return options.with(Settings.OUTPUT_LIMIT, limits);
    }
    Setting<?> setting =
        Settings.find(name)
            .filter(Setting::isChangeable)
            .orElseThrow(() -> new InvalidOptionException("can't set immutable config"));
    return options.withParsed(setting, value);
  }

  private static String appendfsync(SyncPolicy policy) {
    return switch (policy) {
      case SyncPolicy.Always always -> "always";
      case SyncPolicy.Every every -> "everysec";
      case SyncPolicy.Never never -> "no";
    };
  }

  private static SyncPolicy policy(String value) {
    return switch (value) {
      case "always" -> SyncPolicy.always();
      case "everysec" -> SyncPolicy.every(Duration.ofSeconds(1));
      case "no" -> SyncPolicy.never();
      default ->
          throw new InvalidOptionException(
              "argument(s) must be one of the following: everysec, always, no");
    };
  }
}
