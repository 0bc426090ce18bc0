package io.bitkv.server;

import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.KvException;
import io.bitkv.api.StoreOptions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The {@code kv} program: a server, a few commands that talk to a running one, and some that work on a
 * store's files.
 *
 * <p>Exit status 0 is success, 1 a failure, a missing key or a damaged store, 2 a wrong use.
 */
public final class Kv {

  private static final int FAILURE = 1;
  private static final int WRONG_USE = 2;

  private Kv() {}

  /**
   * Runs the program and ends the process.
   *
   * @param arguments the command and its arguments; {@code --help} lists them
   */
  public static void main(String[] arguments) {
    java.io.Console terminal = System.console();
    // Replies can be of any size and are written whole, so only the end flushes.
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    Console console =
        new Console(System.in, out, System.err, terminal != null && terminal.isTerminal());
    int status = start(console, System.getenv(), arguments);
    out.flush();
    System.exit(status);
  }

  private static int start(Console console, Map<String, String> environment, String... arguments) {
    try {
      ProgramLog.takeOver(environment);
    } catch (InvalidOptionException e) {
      console.err().println("kv: " + e.getMessage());
      return WRONG_USE;
    }
    if (arguments.length > 0 && arguments[0].equals("server")) {
      Thread.ofPlatform().daemon().name("kv-prepare").start(Transport::prepare);
    }
    return run(console, environment, arguments);
  }

  /** Runs the program and returns its exit status. */
  static int run(Console console, Map<String, String> environment, String... arguments) {
    CommandSpec program =
        StandardOptions.program("kv")
            .addSubcommand("server", new ServeCommand(console, environment).spec())
            .addSubcommand("merge", new MergeCommand(console).spec())
            .addSubcommand("doctor", doctor(console, environment));
    program
        .usageMessage()
        .description("A Bitcask key-value store, served over the Redis protocol.");
    RemoteCommands remote = new RemoteCommands(console, environment);
    remote.specs().forEach(spec -> program.addSubcommand(spec.name(), spec));
    StoreCommands store = new StoreCommands(console);
    store.specs().forEach(spec -> program.addSubcommand(spec.name(), spec));
    CommandLine line = new CommandLine(program);
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler((failure, ignored) -> wrongUse(console, failure));
    line.setExecutionExceptionHandler(
        (failure, command, result) -> failed(console, command, failure));
    if (arguments.length == 0) {
      line.usage(console.err());
      return WRONG_USE;
    }
    return line.execute(arguments);
  }

  private static CommandSpec doctor(Console console, Map<String, String> environment) {
    return new DoctorCommand(console, environment, StoreOptions.defaults().clock()).spec();
  }

  private static int wrongUse(Console console, ParameterException failure) {
    String name = failure.getCommandLine().getCommandSpec().qualifiedName();
    console
        .err()
        .println(
            name + ": " + oneLine(message(failure)) + " (" + name + " --help lists what there is)");
    return WRONG_USE;
  }

  private static String message(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      String given = unmatched.getUnmatched().getFirst();
      List<String> known =
          List.copyOf(failure.getCommandLine().getCommandSpec().optionsMap().keySet());
      String name = given.split("=", 2)[0];
      String hint =
          NearestName.of(name, known).map(near -> "; did you mean " + near + "?").orElse("");
      return "unknown " + (given.startsWith("-") ? "option " : "argument ") + name + hint;
    }
    return failure.getMessage();
  }

  private static int failed(Console console, CommandLine command, Exception failure) {
    String reason =
        failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    boolean isKnown = failure instanceof KvException || failure instanceof RemoteException;
    console
        .err()
        .println(
            command.getCommandSpec().qualifiedName()
                + ": "
                + (isKnown ? "" : "internal error: ")
                + oneLine(reason));
    return FAILURE;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }
}
