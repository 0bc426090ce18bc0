package io.bitkv.server;

import io.bitkv.codec.resp.Reply;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code kv get}, {@code set}, {@code del}, {@code scan} and {@code warm}: they talk to a running
 * server. Values go in and out byte for byte.
 */
final class RemoteCommands {

  private static final int MISSING = 1;

  /**
   * The variable that holds the password, which would show in the process list if it were an
   * option.
   */
  private static final String PASSWORD_VARIABLE = "BITKV_PASSWORD";

  private final Console console;
  private final Map<String, String> environment;

  /** What one of the commands does with its arguments, and its exit status. */
  @FunctionalInterface
  private interface Action {
    int run(RemoteConnection server, List<String> arguments);
  }

  RemoteCommands(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
  }

  /** The commands as the command line knows them. */
  List<CommandSpec> specs() {
    return List.of(
        spec(
            "get",
            "1..*",
            "KEY",
            "Prints the values of keys; exit status 1 if one is missing.",
            this::get),
        spec(
            "set",
            "1..2",
            "KEY [VALUE]",
            "Sets the value of a key; without VALUE it is read from standard input.",
            this::set),
        spec(
            "del",
            "1..*",
            "KEY",
            "Deletes keys and prints how many there were; exit status 1 if one is missing.",
            this::del),
        spec(
            "scan",
            "0..1",
            "[PATTERN]",
            "Prints the keys that match a pattern, all without one.",
            this::scan),
        spec(
            "warm",
            "0",
            "",
            "Loads a server for some seconds, so that kv-warm can keep what the Java runtime learns."
                + " Writes and deletes keys that begin with "
                + WarmLoad.PREFIX
                + ".",
            this::warm));
  }

  private CommandSpec spec(
      String name, String arity, String label, String description, Action action) {
    CommandSpec[] self = new CommandSpec[1];
    Callable<Integer> run = () -> run(self[0].commandLine().getParseResult(), action);
    self[0] = StandardOptions.command(name, run);
    self[0]
        .usageMessage()
        .description(
            description, "A password is taken from the variable " + PASSWORD_VARIABLE + ".");
    self[0]
        .addOption(option("--host", "HOST", String.class, "127.0.0.1", "the server's address"))
        .addOption(
            option(
                "--port",
                "NUMBER",
                Integer.class,
                Settings.PORT.defaultText(),
                "the server's port"))
        .addOption(
            option("--user", "NAME", String.class, AclUser.DEFAULT, "the user whose password it is"))
        .addOption(option("--db", "NUMBER", Integer.class, "0", "the database"));
    return label.isEmpty()
        ? self[0]
        : self[0].addPositional(
            PositionalParamSpec.builder()
                .paramLabel(label)
                .arity(arity)
                .index("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .build());
  }

  private static OptionSpec option(
      String name, String label, Class<?> type, String defaultText, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(type)
        .defaultValue(defaultText)
        .description(description + " (" + defaultText + ")")
        .build();
  }

  private int run(ParseResult options, Action action) {
    List<String> arguments = options.matchedPositionalValue(0, List.of());
    String host = options.matchedOptionValue("--host", "127.0.0.1");
    int port = options.matchedOptionValue("--port", Settings.PORT.defaultValue());
    try (RemoteConnection server = new RemoteConnection(host, port, greeting(options))) {
      return action.run(server, arguments);
    }
  }

  /** Who asks, and for which database. */
  private List<List<byte[]>> greeting(ParseResult options) {
    List<List<byte[]>> greeting = new ArrayList<>();
    if (environment.containsKey(PASSWORD_VARIABLE)) {
      String user = options.matchedOptionValue("--user", AclUser.DEFAULT);
      greeting.add(request("AUTH", user, environment.get(PASSWORD_VARIABLE)));
    }
    int database = options.matchedOptionValue("--db", 0);
    if (database != 0) {
      greeting.add(request("SELECT", Integer.toString(database)));
    }
    return greeting;
  }

  private int get(RemoteConnection server, List<String> keys) {
    int status = 0;
    for (String key : keys) {
      Reply reply = server.call(request("GET", key));
      if (reply.isNull()) {
        status = MISSING;
      } else {
        print(reply.asBytes(), keys.size() > 1 || console.isTerminal());
      }
    }
    return status;
  }

  private int set(RemoteConnection server, List<String> arguments) {
    List<byte[]> request = request("SET", arguments.getFirst());
    request.add(arguments.size() == 2 ? bytes(arguments.get(1)) : input());
    print(server.call(request).asBytes(), true);
    return 0;
  }

  private int del(RemoteConnection server, List<String> keys) {
    List<byte[]> request = request("DEL");
    keys.forEach(key -> request.add(bytes(key)));
    long count = server.call(request).asLong();
    print(Long.toString(count).getBytes(StandardCharsets.US_ASCII), true);
    return count < keys.size() ? MISSING : 0;
  }

  private int scan(RemoteConnection server, List<String> pattern) {
    String cursor = "0";
    do {
      List<byte[]> request = request("SCAN", cursor, "COUNT", "1000");
      if (!pattern.isEmpty()) {
        request.add("MATCH".getBytes(StandardCharsets.US_ASCII));
        request.add(bytes(pattern.getFirst()));
      }
      List<Reply> page = server.call(request).asList();
      cursor = page.get(0).asString();
      page.get(1).asList().forEach(key -> print(key.asBytes(), true));
    } while (!cursor.equals("0"));
    return 0;
  }

  private int warm(RemoteConnection server, List<String> none) {
    new WarmLoad(server).run();
    return 0;
  }

  private void print(byte[] bytes, boolean isLine) {
    PrintStream out = console.out();
    out.write(bytes, 0, bytes.length);
    if (isLine) {
      out.write('\n');
    }
  }

  private byte[] input() {
    try {
      return console.in().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<byte[]> request(String... words) {
    List<byte[]> request = new ArrayList<>();
    for (String word : words) {
      request.add(bytes(word));
    }
    return request;
  }

  private static byte[] bytes(String argument) {
    if (argument.indexOf('\uFFFD') >= 0) {
      throw new RemoteException(
          "an argument has bytes that this locale has no characters for; set LC_ALL=C.UTF-8", null);
    }
    return argument.getBytes(StandardCharsets.UTF_8);
  }
}
