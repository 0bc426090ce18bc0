package io.bitkv.engine;

import io.bitkv.api.StoreListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * One thread for the work that nobody waits for: hint files of sealed segments, and the files of retired ones. Safe for use by any thread.
 *
 * <p>Whatever it does not get to do, the next opening does.
 */
final class Housekeeper implements AutoCloseable {
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(task -> worker = Thread.ofPlatform().daemon().name("bitkv-housekeeper").unstarted(task));
  private final Disk disk;
  private final SegmentTable table;
  private final Events events;
  private final List<Runnable> waiting = new ArrayList<>();
  private volatile Thread worker;
  private boolean isStarted;
  private volatile String removalFailure = "";

  Housekeeper(Disk disk, SegmentTable table, Events events) {
    this.disk = disk;
    this.table = table;
    this.events = events;
  }

  /** Has the hint file of a sealed segment written. */
  void writeHints(Segment segment) {
    execute(() -> write(segment));
  }

  /** Begins with the work; nothing is changed on the disk before. */
  synchronized void start() {
    isStarted = true;
    waiting.forEach(this::execute);
    waiting.clear();
  }

  /** Waits until all that was asked for before is done, so that the space of retired segments is back. A listener that it calls does not wait. */
  void settle() {
    CompletableFuture<Void> all = new CompletableFuture<>();
    if (Thread.currentThread() != worker && execute(() -> all.complete(null))) {
      all.join();
    }
  }

  /** Has something done, now or once there is a start; false when the store is being closed. */
  private synchronized boolean execute(Runnable task) {
    if (!isStarted) {
      return waiting.add(task);
    }
    try {
      executor.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private void write(Segment segment) {
    if (table.isRetired(segment)) {
      return;
    }
    try {
      Room.check(disk, HintFile.bytes(segment));
      new HintFile(disk, segment).write();
    } catch (IOException | RuntimeException e) {
      String detail = "its hint file could not be written, so that the next opening reads the segment itself: " + e.getMessage();
      events.emit(new StoreListener.Warning(segment.path(), detail));
    }
  }

  /** Has a retired segment closed and its files removed, after all that were retired before it. */
  void remove(Segment segment) {
    execute(() -> removeNow(segment));
  }

  private void removeNow(Segment segment) {
    table.remove(segment);
    try {
      segment.close();
      if (removalFailure.isEmpty()) {
        disk.delete(FileNames.hint(segment.id()));
        disk.delete(FileNames.segment(segment.id()));
        disk.sync();
      }
    } catch (IOException e) {
      removalFailure = segment.path() + " could not be removed: " + IoFailures.describe(e);
      events.emit(new StoreListener.Warning(segment.path(), "it is not needed any more, but could not be removed: " + e.getMessage()));
    }
  }

  /** Why files of retired segments could not be removed; empty if all could. No others are removed then: their order matters. */
  String removalFailure() {
    return removalFailure;
  }

  /** Finishes what was asked for. */
  @Override
  public void close() {
    executor.close();
  }
}
