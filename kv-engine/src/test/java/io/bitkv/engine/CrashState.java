package io.bitkv.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the directories that a loss of power may leave.
 *
 * <p>What a completed sync covers is there. Of everything else, each change by itself may be there, be missing, or, if it is a write, be
 * there in part: so writes seem reordered and files have holes. Names that were not synced may be missing, with all that is under them.
 */
final class CrashState {
  /** Says how much of a change that no sync covers is there. */
  interface Survival {
    /** How many of a change's bytes survive: 0 for none; a change of the directory has one byte. */
    int surviving(int index, Op op, int bytes);
  }

  /** Everything is there, as after the end of the process alone. */
  static final Survival ALL = (index, op, bytes) -> bytes;

  /** Only what was synced is there. */
  static final Survival NONE = (index, op, bytes) -> 0;

  private CrashState() {}

  /** The directory after a crash when so much of the trace had happened. */
  static MemoryDisk at(MemoryDisk disk, int moment, Survival survival) {
    List<Op> trace;
    synchronized (disk) {
      trace = List.copyOf(disk.trace.subList(0, moment));
    }
    Map<MemoryFile, Integer> durable = new HashMap<>();
    for (Op op : trace) {
      if (op instanceof Op.SyncEnded(MemoryFile file, int began)) {
        durable.merge(file, began, Math::max);
      }
    }
    MemoryDisk left = disk.another();
    Map<MemoryFile, MemoryFile> copies = new HashMap<>();
    for (int i = 0; i < trace.size(); i++) {
      Op op = trace.get(i);
      MemoryFile covered = op instanceof Op.OfFile ofFile ? ofFile.file() : null;
      int bytes = op instanceof Op.Write write ? write.bytes().length : 1;
      int surviving = i < durable.getOrDefault(covered, 0) ? bytes : survival.surviving(i, op, bytes);
      if (surviving > 0) {
        apply(op, surviving, left, copies);
      }
    }
    for (Map.Entry<String, MemoryFile> file : left.files.entrySet()) {
      left.trace.add(new Op.Create(file.getKey(), file.getValue()));
      left.trace.add(new Op.Write(file.getValue(), 0, file.getValue().bytes()));
    }
    for (MemoryFile file : List.copyOf(left.files.values())) {
      left.trace.add(new Op.SyncEnded(file, left.trace.size()));
    }
    left.trace.add(new Op.SyncEnded(null, left.trace.size()));
    return left;
  }

  /** The directory after the end of the process alone: everything is there, and what was not synced still is not. */
  static MemoryDisk killed(MemoryDisk disk, int moment) {
    MemoryDisk left = disk.another();
    Map<MemoryFile, MemoryFile> copies = new HashMap<>();
    for (Op op : disk.trace.subList(0, moment)) {
      apply(op, Integer.MAX_VALUE, left, copies);
      left.trace.add(translate(op, copies));
    }
    return left;
  }

  private static Op translate(Op op, Map<MemoryFile, MemoryFile> copies) {
    return switch (op) {
      case Op.Create(String name, MemoryFile file) -> new Op.Create(name, copy(file, copies));
      case Op.Write(MemoryFile file, long at, byte[] bytes) -> new Op.Write(copy(file, copies), at, bytes);
      case Op.Truncate(MemoryFile file, long size) -> new Op.Truncate(copy(file, copies), size);
      case Op.SyncBegan(MemoryFile file) -> new Op.SyncBegan(file == null ? null : copy(file, copies));
      case Op.SyncEnded(MemoryFile file, int began) -> new Op.SyncEnded(file == null ? null : copy(file, copies), began);
      case Op.Rename rename -> rename;
      case Op.Delete delete -> delete;
    };
  }

  private static void apply(Op op, int bytes, MemoryDisk left, Map<MemoryFile, MemoryFile> copies) {
    switch (op) {
      case Op.Create(String name, MemoryFile file) -> left.files.put(name, copy(file, copies));
      case Op.Rename(String from, String to) -> {
        MemoryFile file = left.files.remove(from);
        if (file != null) {
          left.files.put(to, file);
        }
      }
      case Op.Delete(String name) -> left.files.remove(name);
      case Op.Write(MemoryFile file, long at, byte[] written) -> copy(file, copies).write(at, written, Math.min(bytes, written.length));
      case Op.Truncate(MemoryFile file, long size) -> copy(file, copies).truncate(size);
      case Op.SyncBegan began -> {}
      case Op.SyncEnded ended -> {}
    }
  }

  private static MemoryFile copy(MemoryFile file, Map<MemoryFile, MemoryFile> copies) {
    return copies.computeIfAbsent(file, original -> new MemoryFile(original.toString()));
  }
}
