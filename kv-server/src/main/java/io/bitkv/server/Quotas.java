package io.bitkv.server;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.StoreStats;
import java.util.function.LongSupplier;

/**
 * Refuses writes that make data grow while memory or disk are used up, as far as {@code maxmemory}
 * and {@code max-disk-size} allow them to be; reads and deletions go on. What is used is looked at
 * a few times a second, so that checking a request costs one read of a field.
 *
 * <p>Safe for use by all event loops.
 */
final class Quotas {

  /** How often {@link #look} is to be called. */
  static final int LOOKS_PER_SECOND = 5;

  private static final CommandException OUT_OF_MEMORY =
      new CommandException("OOM command not allowed when used memory > 'maxmemory'.");

  private static final CommandException DISK_QUOTA =
      new CommandException(
          "MISCONF the store's files have reached max-disk-size, so writes that make data grow are"
              + " refused; delete what is not needed and let it be merged, or raise the limit");

  private final EmbeddedStore store;
  private final LongSupplier bufferBytes;
  private volatile CommandException refusal;

  /**
   * Makes the watch over a store.
   *
   * @param bufferBytes tells what the clients' buffers take
   */
  Quotas(EmbeddedStore store, LongSupplier bufferBytes) {
    this.store = store;
    this.bufferBytes = bufferBytes;
  }

  /** Looks at what is used now. */
  void look(ServerOptions options) {
    long memory = options.get(LimitSettings.MAX_MEMORY);
    long disk = options.get(LimitSettings.MAX_DISK_SIZE);
    if (memory == 0 && disk == 0) {
      refusal = null;
      return;
    }
    StoreStats stats = store.stats();
    if (memory > 0 && counted(stats) > memory) {
      refusal = OUT_OF_MEMORY;
    } else {
      refusal = disk > 0 && diskBytes(stats) >= disk ? DISK_QUOTA : null;
    }
  }

  /** What counts against {@code maxmemory}. */
  long counted(StoreStats stats) {
    return stats.directoryBytes() + bufferBytes.getAsLong();
  }

  /** What counts against {@code max-disk-size}. */
  static long diskBytes(StoreStats stats) {
    return stats.segments().stream().mapToLong(StoreStats.SegmentStats::fileBytes).sum();
  }

  /**
   * Checks whether a command may run.
   *
   * @param transaction what {@code EXEC} would run
   * @throws CommandException if it, or one of those it would run, makes data grow, and there is no
   *     room
   */
  void check(Command command, TransactionState transaction) {
    CommandException reason = refusal;
    if (reason != null && (command.is(CommandFlag.DENYOOM) || runsGrowth(command, transaction))) {
      throw reason;
    }
  }

  private static boolean runsGrowth(Command command, TransactionState transaction) {
    return command.name().equals("exec")
        && transaction.queued().stream()
            .anyMatch(queued -> queued.command().is(CommandFlag.DENYOOM));
  }
}
