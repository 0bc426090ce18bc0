package io.bitkv.engine;

import io.bitkv.codec.entry.SegmentFooter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fills empty key directories from the file that a clean close left, see {@link DirectoryImage}, if it is of the very segments that are
 * there. Whoever asked throws the directories away if that fails.
 */
final class DirectoryImageReader {
  /** Fails because the file is of other segments than there are, or of other directories. */
  static final class Stale extends IOException {
    private static final long serialVersionUID = 1L;

    private Stale(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private static final int KEYSPACE_AT = Integer.BYTES;
  private static final int STRIPE_AT = KEYSPACE_AT + Integer.BYTES;
  private static final int BLOCK_AT = DirectoryImage.BLOCK_HEADER_LENGTH;
  private static final int LEAST_BYTES = BLOCK_AT + StripeBlocks.HEADER_BYTES;

  private final Disk disk;
  private final SegmentTable table;
  private final KeyspaceTable keyspaces;

  DirectoryImageReader(Disk disk, SegmentTable table, KeyspaceTable keyspaces) {
    this.disk = disk;
    this.table = table;
    this.keyspaces = keyspaces;
  }

  /**
   * Fills the directories, and notes the live bytes of the segments.
   *
   * @throws IOException if the file is damaged, of other segments, or cannot be read
   */
  void read() throws IOException {
    try (Store store = disk.openForReading(FileNames.SNAPSHOT);
        Arena arena = Arena.ofShared()) {
      long length = store.size();
      DirectoryImage.check(length >= DirectoryImage.HEADER_LENGTH, "it is cut off");
      read(store.map(0, length, arena));
    } catch (InternalError e) {
      throw new IOException("the disk failed to deliver a page of it", e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void read(MemorySegment file) throws IOException {
    DirectoryImage image = DirectoryImage.decode(file.asSlice(0, Math.min(file.byteSize(), Integer.MAX_VALUE)).asByteBuffer());
    try {
      checkSegments(image);
    } catch (IOException e) {
      throw new Stale(e);
    }
    long[] blocks = blocks(file, image);
    int salt = image.salt();
    List<Runnable> loads = new ArrayList<>();
    int share = blocks.length / Parallel.threads() + 1;
    for (int from = 0; from < blocks.length; from += share) {
      long[] part = Arrays.copyOfRange(blocks, from, Math.min(blocks.length, from + share));
      loads.add(() -> load(file, part, salt));
    }
    Parallel.run(loads);
    for (DirectoryImage.SealedSegment segment : image.segments()) {
      table.find(segment.id()).live().deletionBytes(segment.deletionBytes());
    }
    for (DirectoryImage.Live live : image.live()) {
      table.find(live.segment()).live().add(keyspaces.numbered(live.keyspace()).slot(), live.bytes());
    }
  }

  private void checkSegments(DirectoryImage image) throws IOException {
    List<DirectoryImage.SealedSegment> there = new ArrayList<>();
    long lastSequence = 0;
    for (Segment segment : table.all()) {
      SegmentFooter footer = segment.footer();
      DirectoryImage.check(footer != null, "not all segments are sealed");
      DirectoryImage.check(footer.storeId() == image.storeId(), "it is of another store");
      there.add(new DirectoryImage.SealedSegment(segment.id(), footer.dataEnd(), footer.checksum(), 0));
      lastSequence = Math.max(lastSequence, Coverage.last(segment.header(), footer));
    }
    List<DirectoryImage.SealedSegment> expected =
        image.segments().stream()
            .map(segment -> new DirectoryImage.SealedSegment(segment.id(), segment.dataEnd(), segment.footerChecksum(), 0))
            .toList();
    DirectoryImage.check(there.equals(expected) && lastSequence == image.lastSequence(), "it is of other segments than there are");
    DirectoryImage.check(image.stripes() == keyspaces.locks().count(), "it has another number of stripes");
    for (DirectoryImage.Live live : image.live()) {
      DirectoryImage.check(table.find(live.segment()) != null, "it counts bytes of a segment that is not there");
    }
  }

  /** Where the blocks begin. */
  private static long[] blocks(MemorySegment file, DirectoryImage image) throws IOException {
    long at = image.headLength();
    DirectoryImage.check(image.blocks() <= (file.byteSize() - at) / LEAST_BYTES, "it is cut off");
    long[] blocks = new long[image.blocks()];
    long keys = 0;
    long previous = -1;
    for (int i = 0; i < blocks.length; i++) {
      DirectoryImage.check(file.byteSize() - at >= LEAST_BYTES, "it is cut off");
      blocks[i] = at;
      long place = (long) file.get(TagSlots.TAG, at + KEYSPACE_AT) << Integer.SIZE | file.get(TagSlots.TAG, at + STRIPE_AT);
      int count = file.get(TagSlots.TAG, at + BLOCK_AT + StripeBlocks.KEYS_AT);
      DirectoryImage.check(place > previous && (int) place >= 0 && (int) place < image.stripes() && count > 0, "block " + i + " is damaged");
      previous = place;
      keys += count;
      at += blockBytes(file, at);
    }
    DirectoryImage.check(at == file.byteSize() && keys == image.keys(), "it is cut off, or there is more behind its end");
    return blocks;
  }

  /** The length of a block that begins in a file at an offset. */
  private static long blockBytes(MemorySegment file, long at) throws IOException {
    int pages = file.get(TagSlots.TAG, at + BLOCK_AT + StripeBlocks.PAGES_AT);
    long bytes = BLOCK_AT + StripeBlocks.blockBytes(pages);
    DirectoryImage.check(pages > 0 && bytes <= Math.min(Integer.MAX_VALUE, file.byteSize() - at), "the block at " + at + " is impossible");
    return bytes;
  }

  private void load(MemorySegment file, long[] blocks, int salt) {
    try {
      for (long at : blocks) {
        load(file, at, salt);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void load(MemorySegment file, long at, int salt) throws IOException {
    long length = blockBytes(file, at);
    int checksum = DirectoryImage.checksum(file.asSlice(at + KEYSPACE_AT, length - KEYSPACE_AT).asByteBuffer(), salt);
    DirectoryImage.check(checksum == file.get(TagSlots.TAG, at), "the block at " + at + " is damaged");
    KeyspaceState keyspace = keyspaces.numbered(file.get(TagSlots.TAG, at + KEYSPACE_AT));
    try {
      MemorySegment block = file.asSlice(at + BLOCK_AT, length - BLOCK_AT);
      ((StripeBlocks) keyspace.directory()).importStripe(file.get(TagSlots.TAG, at + STRIPE_AT), block);
    } catch (IllegalArgumentException e) {
      throw new IOException("the block at " + at + " is wrong: " + e.getMessage(), e);
    }
  }
}
