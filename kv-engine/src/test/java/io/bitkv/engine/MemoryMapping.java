package io.bitkv.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** A file of a {@link MemoryDisk} that is mapped for writing: what is stored in it is found out afterwards, page by page. */
final class MemoryMapping {
  private static final int PAGE = 4 << 10;

  private final MemoryFile file;
  private final MemorySegment bytes;
  private final byte[] known;

  MemoryMapping(MemoryFile file, Arena arena) {
    this.file = file;
    known = file.bytes();
    bytes = arena.allocate(known.length, PAGE);
    bytes.copyFrom(MemorySegment.ofArray(known));
  }

  MemorySegment bytes() {
    return bytes;
  }

  /** Adds what is new to the file and to a trace, one write a page; tells whether the mapping still lives. */
  boolean note(List<Op> trace) {
    try {
      MemorySegment before = MemorySegment.ofArray(known);
      for (long at = bytes.mismatch(before); at >= 0; at = changedFrom(before, at)) {
        long end = Math.min((at / PAGE + 1) * PAGE, known.length);
        byte[] changed = bytes.asSlice(at, end - at).toArray(ValueLayout.JAVA_BYTE);
        System.arraycopy(changed, 0, known, (int) at, changed.length);
        file.write(at, changed, changed.length);
        trace.add(new Op.Write(file, at, changed));
        at = end;
      }
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private long changedFrom(MemorySegment before, long from) {
    if (from >= known.length) {
      return -1;
    }
    long distance = MemorySegment.mismatch(bytes, from, known.length, before, from, known.length);
    return distance < 0 ? -1 : from + distance;
  }
}
