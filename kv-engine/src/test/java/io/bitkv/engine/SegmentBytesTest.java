package io.bitkv.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentBytesTest {
  private static final int STEP = 1_500_001;
  private static final int STEPS = 12;

  private final byte[] content = new byte[STEP * STEPS];
  private FileStore store;
  private SegmentBytes bytes;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    new Random(1).nextBytes(content);
    store = FileStore.open(directory.resolve("file"), StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    bytes = new SegmentBytes(store);
  }

  private void write(int from, int to) throws IOException {
    store.write(ByteBuffer.wrap(content, from, to - from), from);
  }

  private void expectAllUpTo(int end) throws IOException {
    for (int from = 0; from < end; from += 90_001) {
      byte[] target = new byte[100_000];
      int length = Math.min(target.length, end - from);
      assertEquals(length, bytes.read(from, target, 0, length));
      assertArrayEquals(Arrays.copyOfRange(content, from, from + length), Arrays.copyOf(target, length));
    }
  }

  @Test
  @DisplayName("growingFileReadsAsWritten: below, across and behind the end of the mapping that follows it")
  void growingFileReadsAsWritten() throws IOException {
    for (int end = STEP; end <= content.length; end += STEP) {
      write(end - STEP, end);
      bytes.follow(end);
      expectAllUpTo(end);
    }
    bytes.close();
  }

  @Test
  @DisplayName("whatIsMappedStaysReadableWhenTheFileIsCutBehindIt: a failed append is cut off, and the log goes on there")
  void whatIsMappedStaysReadableWhenTheFileIsCutBehindIt() throws IOException {
    int end = content.length / 2;
    write(0, end);
    bytes.follow(end);
    write(end, content.length);
    store.truncate(end);
    expectAllUpTo(end);
    write(end, content.length);
    expectAllUpTo(content.length);
    bytes.close();
  }

  @Test
  @DisplayName("wholeMappingNeedsNoFile: a sealed segment keeps no descriptor")
  void wholeMappingNeedsNoFile() throws IOException {
    write(0, content.length);
    bytes.mapWhole(content.length);
    store.close();
    expectAllUpTo(content.length);
    bytes.close();
  }

  @Test
  @DisplayName("closedBytesAreGone: mapped or not")
  void closedBytesAreGone() throws IOException {
    write(0, content.length);
    bytes.follow(content.length - 1_000);
    bytes.close();
    assertEquals(Segment.GONE, bytes.read(0, new byte[10], 0, 10));
    assertEquals(Segment.GONE, bytes.read(content.length - 10, new byte[10], 0, 10));
  }
}
