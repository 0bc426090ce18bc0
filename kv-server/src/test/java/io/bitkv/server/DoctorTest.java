package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kv doctor}, as it is called and what it prints. */
class DoctorTest {

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int doctor(String... options) {
    String[] arguments = new String[options.length + 1];
    arguments[0] = "doctor";
    System.arraycopy(options, 0, arguments, 1, options.length);
    Console console =
        new Console(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    return Kv.run(console, Map.of(), arguments);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void soundMachineIsTold() {
    int status = doctor("--dir", folder.resolve("data").toString(), "--segment-size", "1mb", "--port", "0");
    assertEquals(0, status, this::said);
    assertTrue(said().contains("ok    bind         only this machine's clients reach the server\n"));
    assertTrue(said().lines().anyMatch(line -> line.matches("ok +disk +.* are free")), said());
    assertTrue(Files.notExists(folder.resolve("data")), "it changed something");
  }

  @Test
  void faultsAreNamedWithWhatToDo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertEquals(1, doctor("--dir", file.toString(), "--bind", "0.0.0.0", "--port", "0"));
    assertTrue(said().contains("fail  dir          " + file + " is no directory\n"), said());
    assertTrue(
        said().contains("fail  bind         other machines reach the server, and there is no password\n"),
        said());
  }

  @Test
  void runningServerAndOtherProgramsAreToldApart() {
    try (TestServer server = new TestServer()) {
      String port = Integer.toString(server.port());
      doctor("--dir", folder.toString(), "--port", port);
      assertTrue(said().contains("ok    port         " + port + ": a server answers there\n"), said());
    }
  }

  @Test
  void badCertificateIsNamed() {
    String absent = folder.resolve("absent.pem").toString();
    assertEquals(1, doctor("--dir", folder.toString(), "--port", "0", "--tls-port", "0", "--tls-cert-file", absent));
    assertTrue(said().contains("fail  certificate  tls-cert-file: " + absent + " does not exist\n"), said());
  }

  @Test
  void badOptionIsAWrongUse() {
    assertEquals(1, doctor("--maxclients", "none"));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("maxclients: \"none\" is not a whole number"));
  }
}
