package io.bitkv.tests.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.Progress;
import io.bitkv.api.StoreClosedException;
import io.bitkv.api.StoreListener;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.VerifyReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Opens the engine's store for a test, in a directory of the test's own, and looks after it when the test is over: closed, the store
 * leaves no file open and nothing but its own files; verified, it is sound; opened again, to be read or written, it holds what it held.
 */
public final class EngineStores implements BeforeEachCallback, AfterTestExecutionCallback, AfterEachCallback {

  private static final String OWN_FILES = "LOCK|reserve|snapshot|[0-9]{10}\\.hint|[0-9]{10}\\.data(\\.(torn|bad)-[0-9]+)?";

  private final List<EmbeddedStore> opened = new ArrayList<>();
  private Path directory;
  private StoreOptions options;
  private State last;

  /** Makes the extension. */
  public EngineStores() {}

  /** The directory of the test; there is nothing in it at first. */
  public Path directory() {
    return directory;
  }

  /** Opens the store in the test's directory. */
  public EmbeddedStore open(StoreOptions how) {
    options = how;
    EmbeddedStore store = KeyValueStore.open(directory, how);
    opened.add(store);
    return store;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    directory = Files.createTempDirectory("bitkv-engine-");
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (!opened.isEmpty() && context.getExecutionException().isEmpty()) {
      try {
        last = State.of(opened.getLast());
      } catch (StoreClosedException closedByTheTest) {
        last = null;
      }
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    try {
      opened.forEach(EmbeddedStore::close);
      if (!opened.isEmpty() && context.getExecutionException().isEmpty()) {
        verify();
      }
    } finally {
      Directories.delete(directory);
    }
  }

  private void verify() throws IOException {
    OpenFiles.assertNoneIn(directory);
    if (options.onDamage() == StoreOptions.OnDamage.REFUSE) {
      VerifyReport report = KeyValueStore.tools().verify(directory, Progress.none());
      assertTrue(report.isSound(), () -> "after the test: " + report.findings());
    }
    try (EmbeddedStore reader = KeyValueStore.open(directory, options.withReadOnly(true).withListener(StoreListener.none()))) {
      if (last != null) {
        assertEquals(last.contentWithVersions(), State.of(reader).contentWithVersions(), "at the end of the test, and opened to be read");
      }
    }
    try (EmbeddedStore again = KeyValueStore.open(directory, options.withListener(StoreListener.none()))) {
      if (last != null) {
        assertEquals(last.contentWithVersions(), State.of(again).contentWithVersions(), "at the end of the test, and opened again");
      }
    }
    OpenFiles.assertNoneIn(directory);
    List<String> strays =
        Directories.files(directory).stream().map(file -> file.getFileName().toString()).filter(name -> !name.matches(OWN_FILES)).toList();
    assertEquals(List.of(), strays, "files that do not belong to a store");
  }
}
