package io.bitkv.engine;

import io.bitkv.codec.entry.SegmentFooter;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes the key directories to a file when a store is closed, see {@link DirectoryImage}. Nobody changes anything meanwhile. */
final class DirectoryImageWriter {
  private final Disk disk;
  private final SegmentTable table;
  private final List<KeyspaceState> keyspaces;
  private final StripeLocks locks;
  private byte[] block = new byte[1 << 16];

  DirectoryImageWriter(Disk disk, SegmentTable table, KeyspaceTable keyspaces) {
    this.disk = disk;
    this.table = table;
    this.keyspaces = keyspaces.all().stream().sorted(Comparator.comparingInt(KeyspaceState::number)).toList();
    locks = keyspaces.locks();
  }

  /** Whether there is something to write, in a form that can be: all segments are sealed, and no directory keeps keys. */
  boolean isPossible() {
    List<Segment> segments = table.all();
    return !segments.isEmpty()
        && segments.stream().allMatch(segment -> segment.footer() != null)
        && keyspaces.stream().allMatch(keyspace -> keyspace.directory() instanceof StripeBlocks);
  }

  /**
   * Writes the file; it is whole and on stable storage when it gets its name.
   *
   * @param lastSequence the last sequence number of the log
   */
  void write(long lastSequence) throws IOException {
    DirectoryImage image = image(lastSequence);
    Room.check(disk, image.headLength() + blockBytes());
    String temporary = FileNames.temporary(FileNames.SNAPSHOT);
    disk.delete(temporary);
    try {
      try (Store store = disk.create(temporary)) {
        WriteBuffer buffer = new WriteBuffer(store);
        buffer.put(image.encodeHead(), image.headLength());
        writeBlocks(buffer, image.salt());
        buffer.flush();
        store.sync();
      }
      disk.rename(temporary, FileNames.SNAPSHOT);
    } catch (IOException e) {
      disk.delete(temporary);
      throw e;
    }
  }

  private DirectoryImage image(long lastSequence) {
    List<DirectoryImage.SealedSegment> segments = new ArrayList<>();
    List<DirectoryImage.Live> live = new ArrayList<>();
    long storeId = 0;
    for (Segment segment : table.all()) {
      SegmentFooter footer = segment.footer();
      storeId = footer.storeId();
      segments.add(new DirectoryImage.SealedSegment(segment.id(), footer.dataEnd(), footer.checksum(), segment.live().deletionBytes()));
      for (KeyspaceState keyspace : keyspaces) {
        long bytes = segment.live().of(keyspace.slot());
        if (bytes != 0) {
          live.add(new DirectoryImage.Live(segment.id(), keyspace.number(), bytes));
        }
      }
    }
    int blocks = 0;
    long keys = 0;
    for (KeyspaceState keyspace : keyspaces) {
      for (int stripe = 0; stripe < locks.count(); stripe++) {
        int size = ((StripeBlocks) keyspace.directory()).sizeOf(stripe);
        blocks += size == 0 ? 0 : 1;
        keys += size;
      }
    }
    return new DirectoryImage(storeId, lastSequence, locks.count(), blocks, keys, segments, live);
  }

  private long blockBytes() {
    long bytes = 0;
    for (KeyspaceState keyspace : keyspaces) {
      StripeBlocks directory = (StripeBlocks) keyspace.directory();
      for (int stripe = 0; stripe < locks.count(); stripe++) {
        bytes += directory.sizeOf(stripe) == 0 ? 0 : DirectoryImage.BLOCK_HEADER_LENGTH + directory.blockBytesOf(stripe);
      }
    }
    return bytes;
  }

  private void writeBlocks(WriteBuffer buffer, int salt) throws IOException {
    for (KeyspaceState keyspace : keyspaces) {
      for (int stripe = 0; stripe < locks.count(); stripe++) {
        if (((StripeBlocks) keyspace.directory()).sizeOf(stripe) > 0) {
          int length = encode(keyspace, stripe, salt);
          buffer.put(block, length);
        }
      }
    }
  }

  /** Encodes a block; returns its length. A longer block than those before gets a longer array. */
  private int encode(KeyspaceState keyspace, int stripe, int salt) {
    StripeBlocks directory = (StripeBlocks) keyspace.directory();
    locks.lock(stripe);
    try {
      int length = Math.toIntExact(DirectoryImage.BLOCK_HEADER_LENGTH + directory.blockBytesOf(stripe));
      block = block.length < length ? new byte[length] : block;
      directory.exportStripe(stripe, MemorySegment.ofArray(block).asSlice(DirectoryImage.BLOCK_HEADER_LENGTH));
      ByteBuffer bytes = ByteBuffer.wrap(block, 0, length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.putInt(0).putInt(keyspace.number()).putInt(stripe);
      bytes.putInt(0, DirectoryImage.checksum(bytes.slice(Integer.BYTES, length - Integer.BYTES), salt));
      return length;
    } finally {
      locks.unlock(stripe);
    }
  }
}
