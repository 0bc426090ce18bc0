package io.bitkv.tests.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.server.ServerOptions;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The example under examples/session-store runs against a server: as a module, on the class path, and as an image of its own. */
@Timeout(300)
class ExamplesTest {

  private static final Path SOURCES = Path.of("..", "examples", "session-store", "src");
  private static final Path README = Path.of("..", "examples", "session-store", "README.md");
  private static final String MAIN = "example.sessions.Main";
  private static final String MODULE_AND_MAIN = "example.sessions/" + MAIN;

  @TempDir private Path directory;
  private Path classes;

  @RegisterExtension final Servers servers = new Servers(ServerOptions.defaults().with("sync", "never"));

  @BeforeEach
  void compile() throws IOException {
    classes = directory.resolve("classes");
    List<String> arguments = new ArrayList<>(List.of("--release", "21", "-Xlint:all", "-Werror", "-d", classes.toString()));
    arguments.addAll(List.of("--module-path", path("io.bitkv.api", "io.bitkv.client")));
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files.filter(file -> file.toString().endsWith(".java")).map(Path::toString).forEach(arguments::add);
    }
    StringWriter output = new StringWriter();
    PrintWriter writer = new PrintWriter(output);
    assertEquals(0, ToolProvider.findFirst("javac").orElseThrow().run(writer, writer, arguments.toArray(String[]::new)), output::toString);
  }

  @Test
  void runsAsAModule() throws Exception {
    String path = path("io.bitkv.api", "io.bitkv.codec", "io.bitkv.client") + File.pathSeparator + classes;
    runs(List.of(java(System.getProperty("java.home")), "--module-path", path, "--module", MODULE_AND_MAIN, servers.uri()));
  }

  @Test
  void runsOnTheClassPath() throws Exception {
    String path = path("io.bitkv.api", "io.bitkv.codec", "io.bitkv.client") + File.pathSeparator + classes;
    runs(List.of(java(System.getProperty("java.home")), "--class-path", path, MAIN, servers.uri()));
  }

  @Test
  void runsWithTheEngineInItsOwnProcess() throws Exception {
    String path = path("io.bitkv.api", "io.bitkv.codec", "io.bitkv.client", "io.bitkv.engine") + File.pathSeparator + classes;
    String data = directory.resolve("data").toString();
    runs(
        List.of(
            java(System.getProperty("java.home")), "--module-path", path, "--add-modules", "io.bitkv.engine", "--enable-native-access=io.bitkv.engine",
            "--module", MODULE_AND_MAIN, data));
  }

  @Test
  void runsAsAnImageThatHoldsWhatTheClientNeedsAndNoMore() throws Exception {
    String path = path("io.bitkv.api", "io.bitkv.codec", "io.bitkv.client") + File.pathSeparator + classes;
    Path image = directory.resolve("image");
    String jlink = Path.of(System.getProperty("java.home"), "bin", "jlink").toString();
    output(List.of(jlink, "--module-path", path, "--add-modules", "example.sessions", "--output", image.toString()));
    runs(List.of(java(image.toString()), "--module", MODULE_AND_MAIN, servers.uri()));
    String modules = output(List.of(java(image.toString()), "--list-modules"));
    assertEquals(
        List.of("example.sessions", "io.bitkv.api", "io.bitkv.client", "io.bitkv.codec", "java.base", "jdk.jfr"),
        modules.lines().map(line -> line.replaceAll("@.*", "")).toList());
  }

  private static String java(String home) {
    return Path.of(home, "bin", "java").toString();
  }

  /** Where the modules are that these tests run with. */
  private static String path(String... modules) {
    return Stream.of(modules).map(ExamplesTest::location).collect(Collectors.joining(File.pathSeparator));
  }

  private static String location(String module) {
    URI location = ModuleLayer.boot().configuration().findModule(module).orElseThrow().reference().location().orElseThrow();
    return Path.of(location).toString();
  }

  /** The program prints what its README says. */
  private static void runs(List<String> command) throws Exception {
    String printed = output(command);
    String documented = Files.readString(README).replace("\r\n", "\n");
    assertTrue(printed.lines().count() == 5 && documented.contains(printed), printed);
  }

  private static String output(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the program does not end");
    assertEquals(0, process.exitValue(), () -> command + ": " + printed);
    return printed;
  }
}
