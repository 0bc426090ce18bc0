package io.bitkv.engine;

/** One call that changes a {@link MemoryDisk}, as its trace keeps it. */
sealed interface Op {
  /** A change of a file's content. */
  sealed interface OfFile extends Op {
    MemoryFile file();
  }

  /** A change of the directory. */
  sealed interface OfDirectory extends Op {}

  record Write(MemoryFile file, long at, byte[] bytes) implements OfFile {
    @Override
    public String toString() {
      return "write " + bytes.length + " to " + file + " at " + at;
    }
  }

  record Truncate(MemoryFile file, long size) implements OfFile {}

  record Create(String name, MemoryFile file) implements OfDirectory {}

  record Rename(String from, String to) implements OfDirectory {}

  record Delete(String name) implements OfDirectory {}

  /** A sync of a file, or of the directory if that is null, began. */
  record SyncBegan(MemoryFile file) implements Op {}

  /** A sync ended well; it covers what was in the trace when it began. */
  record SyncEnded(MemoryFile file, int began) implements Op {}
}
