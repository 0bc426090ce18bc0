package io.bitkv.engine;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** What a flight recording tells of a store: each event has the directory, and lasts as long as the work took. */
final class Flight {
  private Flight() {}

  /** What all events tell. */
  @Category("bitkv")
  @StackTrace(false)
  abstract static class StoreEvent extends Event {
    @Label("Directory")
    String directory;
  }

  /** Work that is under way and an event when it ends; without an event while there is no recording. */
  record Span<E extends StoreEvent>(E event) {
    /** Ends the work; if the event is wanted, fills it in and records it. */
    void end(Path directory, Consumer<E> details) {
      if (event == null) {
        return;
      }
      event.end();
      if (event.shouldCommit()) {
        details.accept(event);
        event.directory = directory.toString();
        event.commit();
      }
    }
  }

  /** Begins an event. Its class is left alone while no recording was ever made: to register it takes a tenth of a second. */
  static <E extends StoreEvent> Span<E> begin(Supplier<E> maker) {
    E event = FlightRecorder.isInitialized() ? maker.get() : null;
    if (event != null) {
      event.begin();
    }
    return new Span<>(event);
  }

  /** A sync of the log. */
  @Name("io.bitkv.Sync")
  @Label("Sync")
  @Description("The log was made to survive a loss of power")
  static final class Sync extends StoreEvent {
    @Label("Last Sequence")
    @Description("Every write up to this version is on stable storage")
    long lastSequence;

    @Label("Succeeded")
    boolean succeeded;
  }

  /** A segment was sealed, because it was full or the store was closed. */
  @Name("io.bitkv.Rollover")
  @Label("Rollover")
  @Description("The segment that was written to was completed")
  static final class Rollover extends StoreEvent {
    @Label("Segment")
    int segment;

    @Label("Length")
    @DataAmount
    long bytes;
  }

  /** A merge, or the attempt of one. */
  @Name("io.bitkv.Merge")
  @Label("Merge")
  @Description("Segments were merged into one")
  static final class Merge extends StoreEvent {
    @Label("Segments")
    int segments;

    @Label("Read")
    @DataAmount
    long readBytes;

    @Label("Written")
    @DataAmount
    long writtenBytes;

    @Label("Succeeded")
    boolean succeeded;
  }

  /** An opening. */
  @Name("io.bitkv.Recovery")
  @Label("Recovery")
  @Description("A store was opened")
  static final class Recovery extends StoreEvent {
    @Label("Segments")
    int segments;

    @Label("Keys")
    long keys;
  }
}
