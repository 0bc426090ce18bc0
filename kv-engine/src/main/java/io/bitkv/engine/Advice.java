package io.bitkv.engine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Tells the system how a mapped file is going to be read, by {@code madvise}, where {@linkplain NativeCalls native calls} are allowed.
 *
 * <p>For each page that a mapping lacks, the system reads some 128 KiB to 8 MiB around it ({@code read_ahead_kb}). Where files are larger
 * than memory and are read at random that displaces what is of use. A mapping for random reads brings single pages; whoever then reads
 * much in sequence says so before. What the system makes of advice is its own affair, and changes no byte that is read: that it refuses
 * is no error. Safe for use by any thread.
 */
final class Advice {
  /** POSIX_MADV_RANDOM and POSIX_MADV_WILLNEED, which are those of madvise() as well. */
  private static final int RANDOM = 1;

  private static final int WILL_NEED = 3;

  /** Bytes are asked for in pieces, because the system brings no more for one call than it would read ahead: 128 KiB as a rule. */
  private static final long PIECE = 128 << 10;

  /** Pages have this many bytes at most; advice begins where one does. */
  private static final long LARGEST_PAGE = 64 << 10;

  /** Whatever the machine, as many bytes of files fit in memory. */
  static final long SMALL_BYTES = 256L << 20;

  private static final CompletableFuture<Advice> LINKED =
      NativeCalls.areAllowed()
          ? CompletableFuture.supplyAsync(Advice::new, Thread.ofPlatform().daemon().name("bitkv-linker")::start)
          : CompletableFuture.failedFuture(new UnsupportedOperationException());

  private final MethodHandle madvise;

  private Advice() {
    // The address is a plain number: advice for a mapping that is closed meanwhile does no harm, while a segment would be kept from being closed.
    madvise =
        NativeCalls.link(
            "posix_madvise", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
  }

  /** Has advice given once the call is linked: now, or by another thread; never where native calls are not allowed. */
  static void whenLinked(Consumer<Advice> adviser) {
    LINKED.thenAccept(adviser);
  }

  /** How many bytes of files fit in memory: all that the machine, or a control group, lets this process have, but for its heap. */
  static long cacheBytes() {
    long all = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return Math.max(0, all - Runtime.getRuntime().totalMemory());
  }

  /** Says that a mapped file is going to be read anywhere: only the pages that are read are brought. */
  void random(MemorySegment mapping) {
    advise(mapping.address(), mapping.byteSize(), RANDOM);
  }

  /** Asks for some bytes of a mapped file to be brought, all at once, without waiting for them. */
  void willNeed(MemorySegment mapping, long from, long length) {
    long end = from + length;
    for (long at = from / LARGEST_PAGE * LARGEST_PAGE; at < end; at += PIECE) {
      advise(mapping.address() + at, Math.min(PIECE, end - at), WILL_NEED);
    }
  }

  private void advise(long address, long length, int what) {
    try {
      int ignored = (int) madvise.invokeExact(address, length, what);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
