package io.bitkv.server;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code kv server}: opens the store, serves it, and closes it when the process is asked to end.
 */
final class ServeCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  private final Console console;
  private final CommandSpec spec;
  private final OptionFlags flags;
  private final ServiceManager manager;

  ServeCommand(Console console, Map<String, String> environment) {
    this.console = console;
    spec = StandardOptions.command("server", this);
    spec.usageMessage()
        .description(
            "Serves a store until it is interrupted.",
            "Each option can also be set in the environment (BITKV_PORT for --port) and in the"
                + " configuration file (a line: port 6379); options stand above the environment,"
                + " and that above the file.");
    flags = new OptionFlags(spec, environment);
    manager = new ServiceManager(environment);
  }

  /** The command as the command line knows it. */
  CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() throws InterruptedException {
    Server server = Server.open(flags.read());
    Thread hook = Thread.ofPlatform().name("kv-shutdown").unstarted(() -> shutDown(server));
    Runtime.getRuntime().addShutdownHook(hook);
    console.out().println("Ready " + where(server));
    console.out().flush();
    manager.tellReady();
    server.awaitStopRequest();
    manager.tellStopping();
    server.close();
    return 0;
  }

  /** Where clients may connect: {@code on ADDRESS, and for TLS on ADDRESS}. */
  private static String where(Server server) {
    String plain = "on " + text(server.address());
    Optional<String> tls = server.tlsAddress().map(address -> "for TLS on " + text(address));
    boolean isAllTls = server.tlsAddress().equals(Optional.of(server.address()));
    return isAllTls ? tls.orElseThrow() : plain + tls.map(also -> ", and " + also).orElse("");
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  /**
   * Closes the server and ends the process at once, since a signal's own exit status would tell of
   * a failure.
   */
  private void shutDown(Server server) {
    manager.tellStopping();
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
