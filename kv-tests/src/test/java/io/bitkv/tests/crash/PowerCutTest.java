package io.bitkv.tests.crash;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the disk had received when the power was cut is a store that holds every synced write, and of the others a prefix. */
@Tag("power")
@Timeout(1800)
class PowerCutTest {

  private static final int CUTS = 25;

  private static final int LANES = 3;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"ext4, always", "ext4, every", "ext4, never", "xfs, always", "xfs, every", "xfs, never"})
  @DisplayName("F27 storeWhosePowerIsCutUnderLoadHoldsEverySyncedWrite")
  void storeWhosePowerIsCutUnderLoadHoldsEverySyncedWrite(String fileSystem, String policy) throws Exception {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    try (CuttableDisk disk = new CuttableDisk(folder, fileSystem);
        Oracle oracle = new Oracle(seed, LANES)) {
      Process writer = oracle.start(disk.root().resolve("store"), policy);
      try {
        for (int cut = 0; cut < CUTS; cut++) {
          oracle.readAcknowledgements(random.nextInt(1, 2000));
          String when = fileSystem + ", " + policy + ", seed " + seed + ", cut " + cut;
          disk.cut(root -> oracle.verifyPowerCut(root.resolve("store"), when));
        }
      } finally {
        oracle.kill(writer);
      }
    }
  }
}
