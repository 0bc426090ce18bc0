package io.bitkv.engine;

import io.bitkv.api.StoreCorruptException;
import io.bitkv.api.StoreListener;
import io.bitkv.api.StoreOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What recovery does about damage: refuses to go on, or notes what is damaged and passes over it, as the options say. Safe for use by any
 * thread.
 */
final class Damage {
  /** Bytes of a segment that are no sound entries. */
  private record Range(Segment segment, long from, long to) {}

  private final boolean isRefused;
  private final Disk disk;
  private final Events events;
  private final List<Range> ranges = new ArrayList<>();

  Damage(StoreOptions.OnDamage onDamage, Disk disk, Events events) {
    isRefused = onDamage == StoreOptions.OnDamage.REFUSE;
    this.disk = disk;
    this.events = events;
  }

  /** Refuses damage, if it is to be refused. */
  void refuse(Path file, long offset, String detail) {
    if (isRefused) {
      throw new StoreCorruptException(file, offset, detail + "; restore the file from a backup, or open with QUARANTINE to do without");
    }
  }

  /** Refuses damage, or tells of it; what is passed over is the caller's to know. */
  void found(Path file, long offset, String detail) {
    refuse(file, offset, detail);
    events.emit(new StoreListener.Warning(file, "damaged at offset " + offset + ": " + detail + "; passed over"));
  }

  /** Takes note of bytes that were passed over. */
  synchronized void passedOver(Segment segment, long from, long to) {
    ranges.add(new Range(segment, from, to));
  }

  /** Keeps a copy of each range of bytes that was passed over, unless there is one from before. */
  void keepCopies() throws IOException {
    for (Range range : ranges) {
      String name = range.segment.path().getFileName().toString();
      SideFile.keep(disk, FileNames.bad(name, range.from), range.segment::read, range.from, range.to);
    }
  }
}
