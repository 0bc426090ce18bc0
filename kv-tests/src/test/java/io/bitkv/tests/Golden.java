package io.bitkv.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Golden files: texts under {@code src/test/resources} that say what the product is agreed to print. A test compares;
 * with {@code -Dgolden.update=true} it writes the file anew, and the change is then read like any other.
 */
public final class Golden {

  private static final Path ROOT = Path.of("src", "test", "resources");

  private Golden() {}

  /**
   * Compares a text with its golden file.
   *
   * @param name the file's name below {@code src/test/resources}
   * @param actual the text that the product gave
   */
  public static void assertMatches(String name, String actual) {
    Path file = ROOT.resolve(name);
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, actual);
        return;
      }
      String advice = "kv-tests/" + file + " differs; if the change is meant, run: " + updateCommand();
      if (!Files.exists(file)) {
        fail(advice);
      }
      assertEquals(Files.readString(file), actual, advice);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String updateCommand() {
    String test =
        StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
            .walk(frames -> frames.map(StackWalker.StackFrame::getDeclaringClass).filter(c -> c != Golden.class).findFirst())
            .orElseThrow()
            .getSimpleName();
    return "mvn -pl kv-tests -am test -Dgolden.update=true -Dsurefire.failIfNoSpecifiedTests=false -Dtest=" + test;
  }
}
