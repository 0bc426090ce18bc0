package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a server's process holds at one moment.
 *
 * @param seconds when, since the beginning of the load
 * @param handles how many files, connections and the like it has open
 * @param mappings how many ranges of the store's files it has mapped, be they deleted or not
 * @param threads how many threads it has
 * @param heapBytes what lives on the Java heap after a full collection
 * @param anonymousBytes the resident memory that is not of a file
 * @param diskBytes the lengths of the store's files
 * @param keys how many keys there are
 * @param merges how many merges there were
 * @param commands how many commands there were
 */
record SoakSample(
    long seconds,
    long handles,
    long mappings,
    long threads,
    long heapBytes,
    long anonymousBytes,
    long diskBytes,
    long keys,
    long merges,
    long commands) {

  private static final double GROWTH = 1.10;

  /** Names the columns of {@link #line}. */
  static final String HEADER =
      "seconds\thandles\tmappings\tthreads\theap_bytes\tanonymous_bytes\tdisk_bytes\tkeys\tmerges"
          + "\tcommands";

  /** A figure that must not grow. */
  private record Bound(String name, ToLongFunction<SoakSample> figure, long slack) {
    void check(List<SoakSample> samples) {
      int half = samples.size() / 2;
      long before = median(samples.subList(0, half));
      long after = median(samples.subList(half, samples.size()));
      assertTrue(
          after <= before * GROWTH + slack,
          () -> String.format(Locale.ROOT, "%s grew from %,d to %,d", name, before, after));
    }

    private long median(List<SoakSample> samples) {
      return samples.stream().mapToLong(figure).sorted().toArray()[samples.size() / 2];
    }
  }

  /**
   * What may not grow: the median of the later samples is at most a tenth, and this much, above
   * that of the earlier ones.
   */
  private static final List<Bound> BOUNDS =
      List.of(
          new Bound("the number of open handles", SoakSample::handles, 8),
          new Bound("the number of mapped ranges", SoakSample::mappings, 8),
          new Bound("the number of threads", SoakSample::threads, 2),
          new Bound("the live heap in bytes", SoakSample::heapBytes, 1 << 20),
          new Bound("the anonymous memory in bytes", SoakSample::anonymousBytes, 8 << 20),
          new Bound("the store's files in bytes", SoakSample::diskBytes, 1 << 20));

  /** Fails if the later samples show more of anything than the earlier ones. */
  static void assertNothingGrew(List<SoakSample> samples) {
    BOUNDS.forEach(bound -> bound.check(samples));
  }

  /** Takes a sample of a server that serves a directory on a port. */
  static SoakSample take(long seconds, ServerProcess server, int port, Path data)
      throws IOException {
    Path process = Path.of("/proc", Long.toString(server.pid()));
    String status = Files.readString(process.resolve("status"));
    String info;
    try (RespClient client = new RespClient(port)) {
      info = client.text("INFO");
    }
    return new SoakSample(
        seconds,
        server.openHandles(),
        mappings(process, data),
        number("(?m)^Threads:\\s+(\\d+)", status),
        heapBytes(server.pid()),
        number("(?m)^RssAnon:\\s+(\\d+) kB", status) << 10,
        diskBytes(data),
        number("db0:keys=(\\d+)", info),
        number("store_merges:(\\d+)", info),
        number("total_commands_processed:(\\d+)", info));
  }

  /** The sample as a line of a table. */
  String line() {
    long[] figures = {
      seconds, handles, mappings, threads, heapBytes, anonymousBytes, diskBytes, keys, merges,
      commands
    };
    return LongStream.of(figures).mapToObj(Long::toString).collect(Collectors.joining("\t"));
  }

  private static long mappings(Path process, Path data) throws IOException {
    String prefix = data.toRealPath() + "/";
    try (Stream<String> lines = Files.lines(process.resolve("maps"))) {
      return lines.filter(line -> line.contains(prefix)).count();
    }
  }

  private static long heapBytes(long pid) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process histogram =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram").start();
    byte[] text = histogram.getInputStream().readAllBytes();
    return number("(?m)^Total +\\d+ +(\\d+)", new String(text, StandardCharsets.UTF_8));
  }

  private static long diskBytes(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      long bytes = 0;
      for (Path file : files.toList()) {
        bytes += length(file);
      }
      return bytes;
    }
  }

  /** A file's length; 0 if a merge has just removed it. */
  private static long length(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private static long number(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), () -> pattern + " is not in " + text);
    return Long.parseLong(matcher.group(1));
  }
}
