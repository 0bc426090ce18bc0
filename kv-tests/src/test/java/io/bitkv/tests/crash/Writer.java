package io.bitkv.tests.crash;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.StoreClosedException;
import io.bitkv.api.StoreLockedException;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.SyncPolicy;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The program that is killed: opens a store and makes the writes of its {@link Workload}s, one thread each, and prints a line for each
 * write once the store has acknowledged it. Closes the store when its input ends.
 *
 * <pre>{@code Writer DIRECTORY always|every|never SEED FIRST-OF-LANE-0 FIRST-OF-LANE-1 ...}</pre>
 *
 * <p>Prints {@code open}, then {@code LANE NUMBER} for each write, and {@code closed}; or {@code locked HOLDER}. Ends by itself, with a
 * status that is not 0, when a write fails.
 */
final class Writer {

  private static final long SEGMENT_BYTES = 64 << 10;

  private static final int FAILED = 1;

  private final OutputStream out = new FileOutputStream(FileDescriptor.out);

  private Writer() {}

  public static void main(String[] args) throws IOException {
    new Writer().run(args);
  }

  private void run(String[] args) throws IOException {
    StoreOptions options = StoreOptions.defaults().withSegmentBytes(SEGMENT_BYTES).withSyncPolicy(policy(args[1]));
    try (EmbeddedStore store = KeyValueStore.open(Path.of(args[0]), options)) {
      print("open");
      for (int lane = 0; lane < args.length - 3; lane++) {
        Workload workload = new Workload(Long.parseLong(args[2]), lane);
        long first = Long.parseLong(args[3 + lane]);
        Thread.ofPlatform().daemon().start(() -> write(store, workload, first));
      }
      while (System.in.read() >= 0) {
        // Only the end of the input means something.
      }
    } catch (StoreLockedException e) {
      print("locked " + e.holder());
      return;
    }
    print("closed");
  }

  private static SyncPolicy policy(String name) {
    return switch (name) {
      case "always" -> SyncPolicy.always();
      case "every" -> SyncPolicy.every(Duration.ofMillis(20));
      case "never" -> SyncPolicy.never();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private void write(KeyValueStore store, Workload workload, long first) {
    try {
      for (long number = first; ; number++) {
        workload.write(store, number);
        print(workload.lane() + " " + number);
      }
    } catch (StoreClosedException e) {
      // The input has ended.
    } catch (RuntimeException | Error e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(FAILED);
    }
  }

  /** Prints a line by one system call, so that a kill leaves the whole of it or nothing. */
  private synchronized void print(String line) {
    try {
      out.write((line + "\n").getBytes(US_ASCII));
    } catch (IOException e) {
      Runtime.getRuntime().halt(FAILED);
    }
  }
}
