package io.bitkv.codec.entry;

import static io.bitkv.codec.entry.HintFiles.FOOTER;
import static io.bitkv.codec.entry.HintFiles.HEADER;
import static io.bitkv.codec.entry.HintFiles.hint;
import static io.bitkv.codec.entry.HintFiles.hints;
import static io.bitkv.codec.entry.HintFiles.read;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitkv.codec.entry.HintReader.Status;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A forged hint file")
class HintForgeryTest {

  @Test
  @DisplayName("whose blocks are swapped, doubled or left out is found out")
  void blocksMoved() {
    byte[] file = SegmentImage.hintFile(FOOTER, hints(2048, 5));
    int first = blockLength(file, HEADER);
    int second = blockLength(file, HEADER + first);
    byte[] head = Arrays.copyOf(file, HEADER);
    byte[] one = Arrays.copyOfRange(file, HEADER, HEADER + first);
    byte[] two = Arrays.copyOfRange(file, HEADER + first, HEADER + first + second);
    byte[] end = Arrays.copyOfRange(file, HEADER + first + second, file.length);
    assertEquals(Status.END, read(FOOTER, join(head, one, two, end)).last());
    assertEquals(Fault.CHECKSUM, read(FOOTER, join(head, two, one, end)).fault());
    assertEquals(Fault.CHECKSUM, read(FOOTER, join(head, one, one, end)).fault());
    assertEquals(Fault.CHECKSUM, read(FOOTER, join(head, one, end)).fault());
    assertEquals(Fault.CHECKSUM, read(FOOTER, join(head, two, end)).fault());
    assertEquals(Fault.TRAILING, read(FOOTER, join(head, one, two, end, new byte[1])).fault());
  }

  @Test
  @DisplayName("that contradicts itself is refused even if all checksums match")
  void contradictions() {
    assertEquals(Fault.LENGTH, forged((file, block) -> LittleEndian.putShort(file, block + 6, 0)));
    assertEquals(Fault.LENGTH, forged((file, block) -> LittleEndian.putShort(file, block + 6, 1025)));
    assertEquals(Fault.LENGTH, forged((file, block) -> LittleEndian.putShort(file, block + 6, 1)));
    assertEquals(Fault.LENGTH, forged((file, block) -> LittleEndian.putShort(file, block + 6, 3)));
    assertEquals(Fault.LENGTH, forged((file, block) -> LittleEndian.putInt(file, block + 8, 1 << 20)));
    assertEquals(Fault.LENGTH, forged((file, block) -> LittleEndian.putInt(file, block + 12, 63)));
    assertEquals(Fault.LENGTH, forged((file, block) -> LittleEndian.putInt(file, block + 12, -1)));
    assertEquals(Fault.SEQUENCE, forged((file, block) -> LittleEndian.putLong(file, block + 16, 0)));
    assertEquals(Fault.FLAGS, forged((file, block) -> file[block + 5] = 1));
    assertEquals(Fault.KIND, forged((file, block) -> file[block + 4] = 3));
    assertEquals(Fault.KIND, forged((file, block) -> file[block + 24] = (byte) 0xA0));
    assertEquals(Fault.NUMBER, forged((file, block) -> file[block + 25] = 0));
  }

  @Test
  @DisplayName("whose trailer counts other hints or blocks is refused")
  void trailer() {
    for (int at : new int[] {8, 12}) {
      byte[] file = SegmentImage.hintFile(FOOTER, List.of());
      file[HEADER + at] = 1;
      chain(file, HEADER, HintFormat.TRAILER_LENGTH);
      assertEquals(Fault.LENGTH, read(FOOTER, file).fault());
    }
  }

  /** What is wrong with a file of one block of two hints that was changed and given matching checksums. */
  private static Fault forged(ObjIntConsumer<byte[]> change) {
    byte[] file = SegmentImage.hintFile(FOOTER, List.of(hint(64, 130), hint(194, 130)));
    int length = blockLength(file, HEADER);
    change.accept(file, HEADER);
    chain(file, HEADER, length);
    HintFiles.Read read = read(FOOTER, file);
    assertEquals(List.of(), read.hints(), "hints of a bad block");
    return read.fault();
  }

  /** Puts the checksum of the part at an index in place, as the first part behind the header. */
  private static void chain(byte[] file, int at, int length) {
    int previous = LittleEndian.getInt(file, HintFormat.HEADER_CRC_AT);
    LittleEndian.putInt(file, at, HintFormat.chainedChecksum(previous, file, at, length));
  }

  private static int blockLength(byte[] file, int at) {
    return HintFormat.HINTS_AT + LittleEndian.getInt(file, at + HintFormat.BLOCK_BYTES_AT);
  }

  private static byte[] join(byte[]... parts) {
    byte[] joined = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }
}
