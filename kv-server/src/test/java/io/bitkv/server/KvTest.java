package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.codec.resp.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code kv} program as its users call it. */
class KvTest {

  private static TestServer server;

  @TempDir Path folder;

  /** What a run of the program left. */
  private record Run(int status, String out, String err) {}

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void valueGoesInAndComesOut() {
    assertEquals(new Run(0, "OK\n", ""), remote("set", "greeting", "hello"));
    assertEquals(new Run(0, "hello", ""), remote("get", "greeting"));
    assertEquals(new Run(0, "hello\nhello\n", ""), remote("get", "greeting", "greeting"));
    assertEquals(new Run(0, "1\n", ""), remote("del", "greeting"));
    assertEquals(new Run(1, "", ""), remote("get", "greeting"));
    assertEquals(new Run(1, "0\n", ""), remote("del", "greeting"));
  }

  @Test
  void valueFromStandardInputIsKeptByteForByte() {
    String value = "\0\u0001\r\n\u00ff";
    assertEquals(0, run(value, Map.of(), "set", "--port", port(server), "binary").status());
    assertEquals(value, remote("get", "binary").out());
  }

  @Test
  void scanPrintsEveryKeyThatMatches() {
    for (int i = 0; i < 3000; i++) {
      assertEquals(0, i % 1000 == 0 ? remote("set", "scan:" + i, "v").status() : 0);
    }
    assertEquals(
        new TreeSet<>(List.of("scan:0", "scan:1000", "scan:2000")),
        new TreeSet<>(remote("scan", "scan:*").out().lines().toList()));
    assertEquals(new Run(0, "", ""), remote("scan", "--db", "9"));
  }

  @Test
  void warmingLoadsAServerAndLeavesItAsItWas() {
    try (TestServer warmed = new TestServer("sync", "never")) {
      assertEquals(new Run(0, "", ""), run("", Map.of(), "warm", "--port", port(warmed)));
      assertEquals(new Run(0, "", ""), run("", Map.of(), "scan", "--port", port(warmed)));
      try (RemoteConnection client =
          new RemoteConnection("127.0.0.1", Integer.parseInt(port(warmed)), List.of())) {
        assertEquals("no", told(client, "CONFIG", "GET", "appendfsync").asList().get(1).asString());
        String stats = told(client, "INFO", "commandstats").asString();
        assertTrue(stats.contains("cmdstat_set:calls=875000,"), stats);
        assertTrue(stats.contains("cmdstat_get:calls=875000,"), stats);
      }
    }
  }

  private static Reply told(RemoteConnection client, String... words) {
    return client.call(
        Stream.of(words).map(word -> word.getBytes(StandardCharsets.US_ASCII)).toList());
  }

  @Test
  void databaseIsChosen() {
    assertEquals(0, remote("set", "--db", "3", "only-in-3", "v").status());
    assertEquals(1, remote("get", "only-in-3").status());
    assertEquals("v", remote("get", "--db", "3", "only-in-3").out());
    assertEquals(
        new Run(
            1,
            "",
            "kv get: the server at 127.0.0.1:"
                + port(server)
                + " refuses: ERR DB index is out of range\n"),
        remote("get", "--db", "99", "k"));
  }

  @Test
  void passwordComesFromTheEnvironment() {
    try (TestServer guarded = new TestServer("requirepass", "secret")) {
      String port = port(guarded);
      assertEquals(
          new Run(
              1,
              "",
              "kv get: the server at 127.0.0.1:"
                  + port
                  + " refuses: NOAUTH Authentication required.\n"),
          run("", Map.of(), "get", "--port", port, "k"));
      assertEquals(
          0, run("", Map.of("BITKV_PASSWORD", "secret"), "set", "--port", port, "k", "v").status());
    }
  }

  @Test
  void absentServerIsNamedWithWhatToDo() throws IOException {
    String port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = Integer.toString(socket.getLocalPort());
    }
    Run run = run("", Map.of(), "get", "--port", port, "k");
    assertEquals(1, run.status());
    assertEquals(
        "kv get: cannot connect to 127.0.0.1:"
            + port
            + ": Connection refused; start a server with: kv server --port "
            + port
            + "\n",
        run.err());
  }

  @Test
  void wrongUseIsOneLineAndStatusTwo() {
    assertEquals(
        new Run(
            2,
            "",
            "kv server: unknown option --prot; did you mean --port? (kv server --help lists what"
                + " there is)\n"),
        run("", Map.of(), "server", "--prot", "1"));
    assertEquals(2, run("", Map.of(), "nosuch").status());
    assertEquals(2, run("", Map.of()).status());
    assertEquals(1, run("", Map.of(), "get").err().lines().count());
  }

  @Test
  void badOptionIsOneLineAndStatusNotZero() {
    assertEquals(
        new Run(
            1,
            "",
            "kv server: --sync: \"often\" is no sync policy; use always, every:1s (any time) or"
                + " never\n"),
        run("", Map.of(), "server", "--sync", "often"));
  }

  @Test
  void helpAndVersionAreForPeople() {
    String help = run("", Map.of(), "server", "--help").out();
    for (Setting<?> setting : Settings.ALL) {
      assertTrue(help.contains(setting.flag() + "="), setting.flag());
    }
    assertTrue(run("", Map.of(), "--help").out().contains("scan"));
    assertTrue(run("", Map.of(), "--version").out().startsWith("bitkv "));
  }

  @Test
  @DisplayName("F80 a port in use is one line, exit status not 0, and nothing is created")
  void portInUseIsOneLine() {
    Path data = folder.resolve("data");
    Run run = run("", Map.of(), "server", "--port", port(server), "--dir", data.toString());
    assertEquals(1, run.status());
    assertEquals(
        "kv server: cannot listen on 127.0.0.1:"
            + port(server)
            + ": Address already in use; choose another port or bind, or stop what listens there\n",
        run.err());
    assertTrue(Files.notExists(data));
  }

  @Test
  @DisplayName("F80 a directory in use is one line that names who holds it, exit status not 0")
  void directoryInUseIsOneLine() {
    Run run = run("", Map.of(), "server", "--port", "0", "--dir", server.data().toString());
    assertEquals(1, run.status());
    assertTrue(run.err().startsWith("kv server: " + server.data()), run.err());
    assertTrue(run.err().contains("is in use by "), run.err());
    assertEquals(1, run.err().lines().count());
  }

  @Test
  void fileInPlaceOfTheDirectoryIsOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a directory");
    Run run = run("", Map.of(), "server", "--port", "0", "--dir", file.toString());
    assertEquals(1, run.status());
    assertTrue(run.err().contains(file.toString()), run.err());
    assertEquals(1, run.err().lines().count());
    assertEquals("not a directory", Files.readString(file));
  }

  private static Run remote(String command, String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = command;
    all[1] = "--port";
    all[2] = port(server);
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return run("", Map.of(), all);
  }

  private static Run run(String input, Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(RespClient.bytes(input)),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    int status = Kv.run(console, environment, arguments);
    console.out().flush();
    return new Run(
        status, out.toString(StandardCharsets.ISO_8859_1), err.toString(StandardCharsets.UTF_8));
  }

  private static String port(TestServer server) {
    return Integer.toString(server.port());
  }
}
