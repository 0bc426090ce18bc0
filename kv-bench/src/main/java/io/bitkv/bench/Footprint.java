package io.bitkv.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a process and a directory take: memory that is really held, and blocks really allocated on disk. */
public final class Footprint {

  private static final int COLLECTIONS = 3;

  private Footprint() {}

  /**
   * Measures the memory in use: the heap that survives a collection, and anonymous memory beyond the heap's pages, which must all have been
   * touched ({@code -XX:+AlwaysPreTouch}). Mapped files are not counted.
   *
   * @return bytes
   * @throws IOException if the kernel does not tell
   */
  public static long memoryBytes() throws IOException {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    long heapUsed = runtime.totalMemory() - runtime.freeMemory();
    return heapUsed + Math.max(0, anonymousBytes("self") - runtime.totalMemory());
  }

  /**
   * Measures the anonymous memory that a process holds: what no file backs.
   *
   * @param process its id, or {@code self}
   * @return bytes
   * @throws IOException if there is no such process
   */
  public static long anonymousBytes(String process) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc", process, "status"))) {
      return lines
          .filter(line -> line.startsWith("RssAnon:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    }
  }

  /**
   * Adds up the lengths of a directory's files by the blocks that are allocated to them, so that holes do not count.
   *
   * @param directory the directory
   * @return bytes
   * @throws IOException if they cannot be read
   */
  public static long diskBytes(Path directory) throws IOException {
    Process du =
        new ProcessBuilder("du", "--summarize", "--block-size=1", directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var reader = du.inputReader()) {
      return Long.parseLong(reader.readLine().split("\t")[0]);
    }
  }

  /**
   * Deletes a directory with everything in it.
   *
   * @param directory the directory; may be absent
   * @throws IOException if something in it cannot be deleted
   */
  public static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }
}
