package io.bitkv.server;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The server's settings as flags of a command line. */
final class OptionFlags {

  private static final String CONFIG = "--config";

  private final CommandSpec spec;
  private final Map<String, String> environment;

  /** Adds a flag for each setting to a command. */
  OptionFlags(CommandSpec spec, Map<String, String> environment) {
    this.spec = spec;
    this.environment = environment;
    spec.addOption(
        OptionSpec.builder(CONFIG)
            .paramLabel("FILE")
            .type(Path.class)
            .description("the configuration file (none)")
            .build());
    for (Setting<?> setting : Settings.ALL) {
      String defaultText = setting.defaultText().isEmpty() ? "none" : setting.defaultText();
      spec.addOption(
          OptionSpec.builder(setting.flag())
              .paramLabel(setting.label())
              .type(String.class)
              .description(setting.description() + " (" + defaultText + ")")
              .build());
    }
  }

  /**
   * Puts together what flags, environment and configuration file say.
   *
   * @throws io.bitkv.api.InvalidOptionException naming where the bad value or unknown name stands
   */
  ServerOptions read() {
    ParseResult result = spec.commandLine().getParseResult();
    Map<String, String> flags = new HashMap<>();
    for (Setting<?> setting : Settings.ALL) {
      if (result.hasMatchedOption(setting.flag())) {
        flags.put(setting.name(), result.matchedOptionValue(setting.flag(), ""));
      }
    }
    Optional<Path> config = Optional.ofNullable(result.matchedOptionValue(CONFIG, null));
    return OptionSources.read(flags, config, environment);
  }
}
