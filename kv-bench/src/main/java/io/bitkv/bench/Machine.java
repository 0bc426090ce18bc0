package io.bitkv.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Describes the machine of a run in one line: processor, memory, kernel, Java. */
public final class Machine {

  private Machine() {}

  /**
   * Describes the machine.
   *
   * @return one line
   * @throws IOException if the kernel does not tell
   */
  public static String describe() throws IOException {
    return "%s, %d cores, %s, Linux %s, Java %s"
        .formatted(
            field("/proc/cpuinfo", "model name"),
            Runtime.getRuntime().availableProcessors(),
            field("/proc/meminfo", "MemTotal"),
            System.getProperty("os.version"),
            Runtime.version());
  }

  /**
   * Tells how much memory there is for this process: the machine's, or less where a control group limits it.
   *
   * @return bytes
   */
  public static long memoryBytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  private static String field(String file, String name) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown " + name);
    }
  }
}
