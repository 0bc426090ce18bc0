package io.bitkv.engine;

import io.bitkv.api.StoreIoException;
import io.bitkv.api.StoreListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a store's directory holds, by kind.
 *
 * @param segments the segments' files by their ids
 * @param hints the ids of the segments that have hint files
 * @param temporaries files that a store left incomplete
 * @param hasImage whether there is a file of the key directories
 * @param reserveBytes the length of the reserve; 0 if there is none
 */
record FoundFiles(TreeMap<Integer, Disk.Found> segments, List<Integer> hints, List<String> temporaries, boolean hasImage, long reserveBytes) {

  /** Lists a directory; what no store made is reported and left alone. */
  static FoundFiles in(Disk disk, Events events) throws IOException {
    TreeMap<Integer, Disk.Found> segments = new TreeMap<>();
    List<Integer> hints = new ArrayList<>();
    List<String> temporaries = new ArrayList<>();
    boolean hasImage = false;
    long reserveBytes = 0;
    for (Disk.Found found : disk.list()) {
      String name = found.name();
      OptionalInt id = FileNames.segmentId(name);
      if (id.isPresent()) {
        checkRegular(disk, found);
        segments.put(id.getAsInt(), found);
      } else if (FileNames.hintId(name).isPresent()) {
        hints.add(FileNames.hintId(name).getAsInt());
      } else if (FileNames.isTemporary(name)) {
        temporaries.add(name);
      } else if (name.equals(FileNames.SNAPSHOT)) {
        hasImage = true;
      } else if (name.equals(FileNames.RESERVE)) {
        reserveBytes = found.bytes();
      } else if (!FileNames.isAuxiliary(name)) {
        events.emit(new StoreListener.Warning(disk.path(name), "not a file of this store; ignored"));
      }
    }
    return new FoundFiles(segments, hints, temporaries, hasImage, reserveBytes);
  }

  private static void checkRegular(Disk disk, Disk.Found found) {
    if (!found.isRegular()) {
      throw new StoreIoException(
          disk.path(found.name()) + " has a segment's name but is no regular file; links are not followed, move it away");
    }
  }

  /** The id of the next segment: above all there are, whatever is in them. */
  long nextId() {
    int last = segments.isEmpty() ? 0 : segments.lastKey();
    for (String temporary : temporaries) {
      last = Math.max(last, FileNames.temporaryId(temporary));
    }
    return last + 1L;
  }
}
