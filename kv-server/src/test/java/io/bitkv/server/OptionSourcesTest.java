package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.SyncPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionSourcesTest {

  @TempDir Path folder;

  @Test
  void flagsStandAboveEnvironmentAndThatAboveFile() throws IOException {
    Path file = file("port 1", "maxclients 1", "timeout 1");
    ServerOptions options =
        OptionSources.read(
            Map.of("port", "3"),
            Optional.of(file),
            Map.of("BITKV_PORT", "2", "BITKV_MAXCLIENTS", "2", "HOME", "/"));
    assertEquals(3, options.get(Settings.PORT));
    assertEquals(2, options.get(Settings.MAX_CLIENTS));
    assertEquals(1, options.get(Settings.TIMEOUT));
    assertEquals("127.0.0.1", options.get(Settings.BIND));
  }

  @Test
  void fileMayHoldCommentsBlankLinesAndQuotes() throws IOException {
    Path file = file("# a comment", "", "  requirepass \"two words\"  ", "sync   always");
    ServerOptions options = OptionSources.read(Map.of(), Optional.of(file), Map.of());
    assertEquals(Optional.of(PasswordHash.of("two words")), options.get(SecuritySettings.REQUIREPASS));
    assertEquals(SyncPolicy.always(), options.get(Settings.SYNC));
  }

  @Test
  void environmentNamesTheFile() throws IOException {
    Path file = file("port 7");
    assertEquals(
        7,
        OptionSources.read(Map.of(), Optional.empty(), Map.of("BITKV_CONFIG", file.toString()))
            .get(Settings.PORT));
  }

  @Test
  void unknownNameInFileIsRefusedWithLineAndNearestName() throws IOException {
    Path file = file("port 1", "", "max-clients 3");
    assertEquals(
        file + ":3: unknown setting \"max-clients\"; did you mean \"maxclients\"?",
        refusal(Optional.of(file), Map.of()));
  }

  @Test
  void badValueInFileIsRefusedWithLine() throws IOException {
    Path file = file("port 65536");
    assertEquals(
        file + ":1: port: \"65536\" is not a whole number from 0 to 65535",
        refusal(Optional.of(file), Map.of()));
  }

  @Test
  void badValueInEnvironmentIsRefusedWithVariable() {
    assertEquals(
        "BITKV_SEGMENT_SIZE: segment-size: \"huge\" is no size; write a whole number of bytes, or"
            + " of kb, mb or gb",
        refusal(Optional.empty(), Map.of("BITKV_SEGMENT_SIZE", "huge")));
  }

  @Test
  void misspeltVariableIsRefusedAndAnotherProgramsIsNot() {
    assertEquals(
        "the environment sets BITKV_PROT, which is no setting; did you mean BITKV_PORT?",
        refusal(Optional.empty(), Map.of("BITKV_PROT", "1")));
    OptionSources.read(Map.of(), Optional.empty(), Map.of("BITKV_HOME", "/opt/bitkv"));
  }

  @Test
  void missingFileIsRefused() {
    Path file = folder.resolve("absent");
    assertEquals(
        "the configuration file " + file + " does not exist", refusal(Optional.of(file), Map.of()));
  }

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("kv.conf"), List.of(lines));
  }

  private static String refusal(Optional<Path> file, Map<String, String> environment) {
    return assertThrows(
            InvalidOptionException.class, () -> OptionSources.read(Map.of(), file, environment))
        .getMessage();
  }
}
