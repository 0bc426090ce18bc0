package io.bitkv.tests.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.StoreLockedException;
import io.bitkv.tests.model.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store whose process is killed with SIGKILL holds every write that was acknowledged, and none that was not issued. */
@Timeout(600)
class KillTest {

  @TempDir Path root;

  private Path directory() {
    return root.resolve("store");
  }

  @Test
  @DisplayName("F28 F42 acknowledgedWritesSurviveKillsAtRandom")
  void acknowledgedWritesSurviveKillsAtRandom() throws Exception {
    killWhileWriting(1, 6, 1500);
  }

  @Test
  @Tag("long")
  @Timeout(1800)
  @DisplayName("F28 F42 acknowledgedWritesSurviveHundredsOfKills")
  void acknowledgedWritesSurviveHundredsOfKills() throws Exception {
    killWhileWriting(System.nanoTime(), 300, 20_000);
  }

  private void killWhileWriting(long seed, int rounds, int acknowledgements) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> policies = List.of("never", "every", "always");
    try (Oracle oracle = new Oracle(seed, 3)) {
      for (int round = 0; round < rounds; round++) {
        Process writer = oracle.start(directory(), policies.get(round % policies.size()));
        oracle.readAcknowledgements(random.nextInt(acknowledgements));
        oracle.kill(writer);
        oracle.verify(directory(), "seed " + seed + ", round " + round);
      }
    }
  }

  @Test
  @DisplayName("F29 storeKilledWhileItOpensOrClosesLosesNothing")
  void storeKilledWhileItOpensOrClosesLosesNothing() throws Exception {
    killWhileOpeningAndClosing(2, 6);
  }

  @Test
  @Tag("long")
  @Timeout(1800)
  @DisplayName("F29 storeKilledWhileItOpensOrClosesHundredsOfTimesLosesNothing")
  void storeKilledWhileItOpensOrClosesHundredsOfTimesLosesNothing() throws Exception {
    killWhileOpeningAndClosing(System.nanoTime(), 300);
  }

  private void killWhileOpeningAndClosing(long seed, int rounds) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    try (Oracle oracle = new Oracle(seed, 2)) {
      for (int round = 0; round < rounds; round++) {
        Process writer = oracle.start(directory(), "never");
        if (round % 2 == 0) {
          oracle.readAcknowledgements(random.nextInt(3000));
          writer.getOutputStream().close();
        }
        writer.onExit().completeOnTimeout(writer, random.nextInt(400), TimeUnit.MILLISECONDS).join();
        oracle.kill(writer);
        oracle.verify(directory(), "seed " + seed + ", round " + round);
      }
    }
  }

  @Test
  @DisplayName("F40 directoryHeldByAnotherProcessIsRefusedAndItsHolderNamed")
  void directoryHeldByAnotherProcessIsRefusedAndItsHolderNamed() throws Exception {
    Process holder = ChildJvm.start(Writer.class, List.of(directory().toString(), "never", "1"));
    try (BufferedReader lines = holder.inputReader()) {
      assertEquals("open", lines.readLine());
      StoreLockedException refusal = assertThrows(StoreLockedException.class, () -> KeyValueStore.open(directory()));
      assertTrue(refusal.holder().contains(Long.toString(holder.pid())), refusal::getMessage);
      holder.getOutputStream().close();
      assertEquals("closed", lines.readLine());
    } finally {
      holder.destroyForcibly().waitFor();
    }
    KeyValueStore.open(directory()).close();
  }

  @Test
  @DisplayName("F40 secondProcessIsRefusedAndToldWhoHoldsTheDirectory")
  void secondProcessIsRefusedAndToldWhoHoldsTheDirectory() throws Exception {
    try (EmbeddedStore store = KeyValueStore.open(directory())) {
      assertEquals("locked process " + ProcessHandle.current().pid(), secondOpening());
      store.put(new byte[0], new byte[0]);
    }
    assertEquals("open", secondOpening());
  }

  private String secondOpening() throws IOException, InterruptedException {
    Process second = ChildJvm.start(Writer.class, List.of(directory().toString(), "never", "1"));
    try (BufferedReader lines = second.inputReader()) {
      second.getOutputStream().close();
      return lines.readLine();
    } finally {
      second.destroyForcibly().waitFor();
    }
  }

  @Test
  @DisplayName("F42 lockFileThatNamesALivingProcessButIsNotHeldIsNoObstacle")
  void lockFileThatNamesALivingProcessButIsNotHeldIsNoObstacle() throws Exception {
    KeyValueStore.open(directory()).close();
    Files.writeString(directory().resolve("LOCK"), ProcessHandle.current().parent().orElseThrow().pid() + "\n");
    KeyValueStore.open(directory()).close();
  }
}
