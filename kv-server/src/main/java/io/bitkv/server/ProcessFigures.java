package io.bitkv.server;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What the operating system and the Java runtime tell of this process.
 *
 * @param heapBytes the used heap
 * @param directBytes the memory of direct buffers
 * @param residentBytes how much of the machine's memory the process has; 0 where the system does
 *     not tell
 * @param systemBytes how much memory the machine has
 * @param userCpuSeconds the time spent computing; where the system does not tell it apart, with the
 *     time spent in the kernel
 * @param systemCpuSeconds the time spent in the kernel; 0 where the system does not tell it apart
 */
record ProcessFigures(
    long heapBytes,
    long directBytes,
    long residentBytes,
    long systemBytes,
    double userCpuSeconds,
    double systemCpuSeconds) {

  private static final Path STAT = Path.of("/proc/self/stat");

  /** Linux tells times in hundredths of a second and sizes in pages of 4 KiB, see proc(5). */
  private static final double TICKS_PER_SECOND = 100;

  private static final long PAGE_BYTES = 4096;

  /** Where the fields stand behind the process's name, which may itself contain blanks. */
  private static final int USER_TICKS = 11;

  private static final int SYSTEM_TICKS = 12;
  private static final int RESIDENT_PAGES = 21;

  /** Takes the figures of this moment. */
  static ProcessFigures now() {
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    var system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    long total = system.getTotalMemorySize();
    try {
      String line = Files.readString(STAT);
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
      return new ProcessFigures(
          heap,
          direct,
          Long.parseLong(fields[RESIDENT_PAGES]) * PAGE_BYTES,
          total,
          Long.parseLong(fields[USER_TICKS]) / TICKS_PER_SECOND,
          Long.parseLong(fields[SYSTEM_TICKS]) / TICKS_PER_SECOND);
    } catch (IOException e) {
      double seconds = (double) system.getProcessCpuTime() / TimeUnit.SECONDS.toNanos(1);
      return new ProcessFigures(heap, direct, 0, total, seconds, 0);
    }
  }
}
