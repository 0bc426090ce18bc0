package io.bitkv.server;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code kv server}: opens the store, serves it, and closes it when the process is asked to end.
 */
final class ServeCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  private static final String CONFIG = "--config";

  private final Console console;
  private final Map<String, String> environment;
  private final CommandSpec spec;

  ServeCommand(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
    spec = CommandSpec.wrapWithoutInspection(this).name("server").mixinStandardHelpOptions(true);
    spec.version("bitkv " + Version.number());
    spec.usageMessage()
        .description(
            "Serves a store until it is interrupted.",
            "Each option can also be set in the environment (BITKV_PORT for --port) and in the"
                + " configuration file (a line: port 6379); options stand above the environment,"
                + " and that above the file.");
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

  /** The command as the command line knows it. */
  CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() throws InterruptedException {
    Server server = Server.open(OptionSources.read(flags(), config(), environment));
    Thread hook = Thread.ofPlatform().name("kv-shutdown").unstarted(() -> shutDown(server));
    Runtime.getRuntime().addShutdownHook(hook);
    InetSocketAddress address = server.address();
    console
        .out()
        .println("Ready on " + address.getAddress().getHostAddress() + ":" + address.getPort());
    console.out().flush();
    server.awaitStopRequest();
    server.close();
    return 0;
  }

  private Map<String, String> flags() {
    ParseResult result = spec.commandLine().getParseResult();
    Map<String, String> flags = new HashMap<>();
    for (Setting<?> setting : Settings.ALL) {
      if (result.hasMatchedOption(setting.flag())) {
        flags.put(setting.name(), result.matchedOptionValue(setting.flag(), ""));
      }
    }
    return flags;
  }

  private Optional<Path> config() {
    return Optional.ofNullable(
        spec.commandLine().getParseResult().matchedOptionValue(CONFIG, null));
  }

  /**
   * Closes the server and ends the process at once, since a signal's own exit status would tell of
   * a failure.
   */
  private static void shutDown(Server server) {
    int status = 0;
    try {
      server.close();
    } catch (RuntimeException e) {
      LOG.error("The store was not closed cleanly: {}", e.getMessage());
      status = 1;
    }
    Runtime.getRuntime().halt(status);
  }
}
