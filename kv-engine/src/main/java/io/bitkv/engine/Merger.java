package io.bitkv.engine;

import io.bitkv.api.MergeControl;
import io.bitkv.api.MergeOptions;
import io.bitkv.api.MergePlan;
import io.bitkv.api.MergeReport;
import io.bitkv.api.StoreIoException;
import io.bitkv.api.StoreListener;
import io.bitkv.api.StoreStats;
import java.io.IOException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Runs merges, one at a time: in the background when they are worth it, and on the threads of those who ask for them. */
final class Merger implements MergeControl, AutoCloseable {
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** The least dead bytes for which the active segment is ended early. */
  private static final long LEAST_DEAD_TO_SEAL = 4 << 20;

  /** How often a forced run looks for more, while others write. */
  private static final int FORCED_ROUNDS = 3;

  private final MergeContext context;
  private final WriteGate gate;
  private final MergePace pace;
  private final Housekeeper housekeeper;
  private final Events events;
  private final Map<Integer, String> damaged = new ConcurrentHashMap<>();
  private final Thread thread;
  private final ReentrantLock running = new ReentrantLock();
  private volatile MergeReport done = MergeReport.NONE;
  private volatile long failed;
  private volatile String unsettled = "";

  Merger(MergeContext context) {
    this.context = context;
    gate = context.parts().gate();
    housekeeper = context.parts().housekeeper();
    events = context.parts().events();
    pace = new MergePace(context.options().merges().bytesPerSecond());
    thread = Thread.ofPlatform().daemon().name("bitkv-merge").unstarted(this::work);
  }

  void start() {
    thread.start();
  }

  private void work() {
    long nanos = POLL_NANOS;
    while (pace.rest(nanos)) {
      nanos = mergeWhatIsWorthIt() ? POLL_NANOS : RETRY_NANOS;
    }
  }

  /** Tells whether all went well; if not, listeners have been told, and a later try may go better. */
  private boolean mergeWhatIsWorthIt() {
    try {
      boolean goesOn = mayRun();
      while (goesOn) {
        goesOn = runOne() && mayRun();
      }
      return true;
    } catch (IOException | MergeCancelled | RuntimeException e) {
      return false;
    } catch (Error e) {
      gate.poison("the thread that merges cannot go on: " + e, e);
      throw e;
    }
  }

  private boolean mayRun() {
    MergeOptions options = context.options().merges();
    return options.isEnabled()
        && !pace.isPaused()
        && !pace.isStopping()
        && !gate.isPoisoned()
        && stoppedBy().isEmpty()
        && options.window().map(window -> window.contains(LocalTime.ofInstant(context.options().clock().instant(), window.zone()))).orElse(true);
  }

  /** Runs the most worthwhile merge, if there is one. */
  private boolean runOne() throws IOException, MergeCancelled {
    running.lock();
    try {
      pace.begin();
      sealWhatIsDead();
      List<MergePlan.Merge> merges = plan(false).merges();
      return !merges.isEmpty() && run(merges.getFirst(), true) != MergeReport.NONE;
    } finally {
      running.unlock();
    }
  }

  private void sealWhatIsDead() throws IOException {
    long live = 0;
    for (Segment segment : context.table().all()) {
      live += segment.live().sum();
    }
    long dead = context.segments().activeDeadBytes();
    if (dead >= LEAST_DEAD_TO_SEAL && dead >= live * context.options().merges().fragmentation()) {
      roll();
    }
  }

  /** Ends the active segment early; a disk that is too full for a footer leaves it as it is. */
  private void roll() throws IOException {
    try {
      context.segments().seal();
    } catch (DiskFullException e) {
      // What is sealed already can be merged all the same.
    } catch (SyncFailure e) {
      throw gate.poison(e.getMessage(), e);
    }
  }

  private MergePlan plan(boolean isForced) {
    List<SegmentFacts> facts = context.table().all().stream().map(segment -> SegmentFacts.of(segment, damaged)).toList();
    return new MergePlanner(facts, context.options().merges(), context.options().segmentBytes(), isForced).plan();
  }

  @Override
  public MergePlan explain(boolean isForced) {
    gate.checkOpen();
    return plan(isForced);
  }

  @Override
  public MergeReport run(boolean isForced) {
    MergeReport total = MergeReport.NONE;
    lockRunning();
    try {
      pace.begin();
      gate.checkWritable();
      if (context.segments().activeDeadBytes() > 0) {
        roll();
      }
      boolean hasMerged = true;
      for (int round = 0; hasMerged && (!isForced || round < FORCED_ROUNDS); round++) {
        hasMerged = false;
        for (MergePlan.Merge merge : plan(isForced).merges()) {
          MergeReport one = run(merge, false);
          hasMerged |= one.merges() > 0;
          total = total.plus(one);
        }
      }
    } catch (MergeCancelled e) {
      gate.checkOpen();
    } catch (IOException e) {
      throw new StoreIoException("a merge failed, its segments stay as they were: " + IoFailures.describe(e), e);
    } finally {
      running.unlock();
    }
    housekeeper.settle();
    return total;
  }

  /** Waits for a merge that is running, which no pause holds up meanwhile. */
  private void lockRunning() {
    gate.checkOpen();
    pace.waiting(true);
    running.lock();
    pace.waiting(false);
  }

  private MergeReport run(MergePlan.Merge merge, boolean heedsPause) throws IOException, MergeCancelled {
    if (!stoppedBy().isEmpty()) {
      throw new IOException("no merge is possible until the store is opened again: " + stoppedBy());
    }
    List<Segment> inputs = new ArrayList<>();
    for (long id : merge.segments()) {
      Segment segment = context.table().find((int) id);
      if (segment == null || context.table().isRetired(segment)) {
        return MergeReport.NONE;
      }
      inputs.add(segment);
    }
    try {
      Merge.Done one = new Merge(context, inputs, bytes -> pace.spend(bytes, heedsPause)).run();
      done = done.plus(one.report());
      events.emit(new StoreListener.Merged(merge.segments(), one.output(), one.report()));
      return one.report();
    } catch (IOException | RuntimeException e) {
      if (!gate.isClosed()) {
        failed(merge, e);
      }
      throw e;
    } catch (Error e) {
      gate.poison("a merge could not be ended: " + e, e);
      throw e;
    }
  }

  private void failed(MergePlan.Merge merge, Exception failure) {
    failed++;
    if (failure instanceof MergeCopy.Damaged found) {
      damaged.put(found.id(), found.detail());
    }
    if (failure instanceof Merge.Unsettled) {
      unsettled = failure.getMessage();
    }
    events.emit(new StoreListener.MergeFailed(merge.segments(), failure.getMessage()));
  }

  /** Why no merge may begin any more; empty if one may. */
  private String stoppedBy() {
    return unsettled.isEmpty() ? housekeeper.removalFailure() : unsettled;
  }

  StoreStats.MergeStats stats() {
    return new StoreStats.MergeStats(done, failed, running.isLocked(), isPaused());
  }

  @Override
  public void pause() {
    pace.pause(true);
  }

  @Override
  public void resume() {
    pace.pause(false);
  }

  @Override
  public boolean isPaused() {
    return pace.isPaused();
  }

  @Override
  public void cancel() {
    pace.cancel();
  }

  /** Gives up the merge that is running, and ends the thread. */
  @Override
  public void close() {
    pace.stop();
    Threads.join(thread);
    running.lock();
    running.unlock();
  }
}
