package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.StoreIoException;
import io.bitkv.api.StoreLockedException;
import io.bitkv.api.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One store holds a directory at a time, and a directory that cannot be held is refused in plain words. */
class DirectoryLockTest {
  @TempDir private Path temporary;

  private Path directory() {
    return temporary.resolve("store");
  }

  private static EmbeddedStore open(Path directory) {
    return new KVStoreProvider().open(directory, TestStores.options());
  }

  @Test
  @DisplayName("F40 secondOpeningInOneProcessIsRefused: and told who holds the directory")
  void secondOpeningInOneProcessIsRefused() {
    try (EmbeddedStore store = open(directory())) {
      StoreLockedException refusal = assertThrows(StoreLockedException.class, () -> open(directory()));
      assertTrue(refusal.getMessage().contains(Long.toString(ProcessHandle.current().pid())), refusal::getMessage);
      store.put(bytes("key"), bytes("value"));
    }
    open(directory()).close();
  }

  @Test
  @DisplayName("F40 openingThroughASymbolicLinkIsRefusedToo")
  void openingThroughASymbolicLinkIsRefusedToo() throws IOException {
    try (EmbeddedStore store = open(directory())) {
      Path link = Files.createSymbolicLink(temporary.resolve("link"), directory());
      assertThrows(StoreLockedException.class, () -> open(link));
      assertEquals(0, store.size());
    }
    open(temporary.resolve("link")).close();
  }

  @Test
  @Timeout(120)
  @DisplayName("F40 F42 openingInAnotherProcessIsRefusedWhileThatLives: and granted once it was killed")
  void openingInAnotherProcessIsRefusedWhileThatLives() throws Exception {
    Process holder = LockHolder.start(directory());
    try {
      assertEquals("held", holder.inputReader().readLine());
      StoreLockedException refusal = assertThrows(StoreLockedException.class, () -> open(directory()));
      assertEquals("process " + holder.pid(), refusal.holder());
    } finally {
      holder.destroyForcibly();
    }
    assertTrue(holder.waitFor(60, TimeUnit.SECONDS));
    try (EmbeddedStore store = open(directory())) {
      assertEquals("value", TestStores.text(store.get(bytes("key")).orElseThrow()));
    }
  }

  @Test
  @Timeout(120)
  @DisplayName("F41 readingTheLockFileDoesNotLetASecondStoreIn: neither of this process nor of another")
  void readingTheLockFileDoesNotLetASecondStoreIn() throws Exception {
    try (EmbeddedStore store = open(directory())) {
      assertFalse(Files.readString(directory().resolve(FileNames.LOCK)).isBlank());
      assertThrows(StoreLockedException.class, () -> open(directory()));
      Process other = LockHolder.start(directory());
      try {
        String said = other.inputReader().readLine();
        assertTrue(said.contains("in use by process " + ProcessHandle.current().pid()), said);
      } finally {
        other.destroyForcibly();
      }
      assertEquals(0, store.size());
    }
  }

  @Test
  @Timeout(120)
  @DisplayName("F40 refusedOpeningDoesNotLetAnotherProcessIn: the lock outlives it")
  void refusedOpeningDoesNotLetAnotherProcessIn() throws Exception {
    try (EmbeddedStore store = open(directory())) {
      assertThrows(StoreLockedException.class, () -> open(directory()));
      Process other = LockHolder.start(directory());
      try {
        assertTrue(other.inputReader().readLine().contains("in use by process"));
      } finally {
        other.destroyForcibly();
      }
      assertEquals(0, store.size());
    }
  }

  @Test
  @DisplayName("F40 copyOfADirectoryThatIsInUseCanBeOpened: while the one that it was copied from stays locked")
  void copyOfADirectoryThatIsInUseCanBeOpened() throws IOException {
    try (EmbeddedStore store = open(directory())) {
      store.put(bytes("key"), bytes("value"));
      store.sync();
      Path copy = Files.createDirectory(temporary.resolve("copy"));
      try (Stream<Path> files = Files.list(directory())) {
        for (Path file : files.toList()) {
          Files.write(copy.resolve(file.getFileName()), Files.readAllBytes(file));
        }
      }
      open(copy).close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " since 2001-01-01T00:00:00Z", " since never"})
  @DisplayName("F42 lockFileThatAKilledProcessLeftMeansNothing: even if its number is in use again")
  void lockFileThatAKilledProcessLeftMeansNothing(String since) throws IOException {
    Files.createDirectory(directory());
    Files.writeString(directory().resolve(FileNames.LOCK), ProcessHandle.current().pid() + since + "\n");
    open(directory()).close();
  }

  @Test
  @DisplayName("F50 fileInTheDirectorysPlaceIsRefused")
  void fileInTheDirectorysPlaceIsRefused() throws IOException {
    Files.writeString(directory(), "mine");
    assertTrue(assertThrows(StoreIoException.class, () -> open(directory())).getMessage().contains("is not a directory"));
    assertEquals("mine", Files.readString(directory()));
  }

  @Test
  @DisplayName("F50 missingParentIsRefusedAndNotMade")
  void missingParentIsRefusedAndNotMade() {
    StoreIoException refusal = assertThrows(StoreIoException.class, () -> open(directory().resolve("below")));
    assertTrue(refusal.getMessage().contains("there is no directory " + directory()), refusal::getMessage);
    assertFalse(Files.exists(directory()));
  }

  @Test
  @DisplayName("F50 directoryWithoutPermissionIsRefused")
  void directoryWithoutPermissionIsRefused() throws IOException {
    Path closed = Files.createDirectory(directory(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
    // Where permissions are no obstacle, as they are none for root, the file system of the terminals is: nobody can make a file there.
    Path refused = Files.isWritable(closed) ? Path.of("/dev/pts") : closed;
    StoreIoException refusal = assertThrows(StoreIoException.class, () -> open(refused));
    assertTrue(refusal.getMessage().startsWith("no permission to write " + refused), refusal::getMessage);
  }

  @Test
  @DisplayName("F50 linkWithASegmentsNameIsNotFollowed")
  void linkWithASegmentsNameIsNotFollowed() throws IOException {
    try (EmbeddedStore store = open(directory())) {
      store.put(bytes("key"), bytes("value"));
    }
    Path segment = directory().resolve(FileNames.segment(1));
    Path elsewhere = Files.move(segment, temporary.resolve("elsewhere"));
    Files.createSymbolicLink(segment, elsewhere);
    StoreIoException refusal = assertThrows(StoreIoException.class, () -> open(directory()));
    assertTrue(refusal.getMessage().contains(segment.toString()), refusal::getMessage);
    Files.delete(segment);
    Files.move(elsewhere, segment);
    open(directory()).close();
  }

  @Test
  void storeInAnEmptyDirectoryMakesNothingButItsLock() throws IOException {
    Files.createDirectory(directory());
    new KVStoreProvider().open(directory(), StoreOptions.defaults()).close();
    try (Stream<Path> files = Files.list(directory())) {
      assertEquals(List.of(directory().resolve(FileNames.LOCK)), files.toList());
    }
  }
}
