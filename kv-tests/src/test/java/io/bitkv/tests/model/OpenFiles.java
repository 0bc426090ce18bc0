package io.bitkv.tests.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files this process has open or mapped, as Linux lists them; elsewhere there is nothing to see. */
public final class OpenFiles {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final Path MAPPINGS = Path.of("/proc/self/maps");

  private OpenFiles() {}

  /** Checks that no file of a directory, be it deleted, is open or mapped. */
  public static void assertNoneIn(Path directory) throws IOException {
    assertEquals(List.of(), in(directory), "files that are still open or mapped");
  }

  private static List<String> in(Path directory) throws IOException {
    String prefix = directory.toRealPath() + "/";
    List<String> open = new ArrayList<>();
    if (Files.exists(DESCRIPTORS)) {
      try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
        descriptors.map(OpenFiles::target).filter(target -> target.startsWith(prefix)).forEach(open::add);
      }
      try (Stream<String> mappings = Files.lines(MAPPINGS)) {
        mappings.filter(line -> line.contains(prefix)).map(line -> "mapped " + line.substring(line.indexOf('/'))).forEach(open::add);
      }
    }
    return open;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
