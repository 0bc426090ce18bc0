package io.bitkv.codec.entry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitkv.codec.entry.SegmentHeader.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The golden files of format version 1")
class GoldenFilesTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "v1");

  @ParameterizedTest
  @ValueSource(strings = {"0000000001", "0000000002", "0000000003", "0000000004"})
  @DisplayName("open, and mean what they meant when they were written")
  void open(String name) throws IOException {
    byte[] data = Files.readAllBytes(FOLDER.resolve(name + ".data"));
    byte[] hints = Files.readAllBytes(FOLDER.resolve(name + ".hint"));
    assertEquals(Files.readString(FOLDER.resolve(name + ".txt")), describe(data, hints));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  @DisplayName("are what this version writes, byte by byte")
  void writtenTheSame(int id) throws IOException {
    SegmentImage image = image(id);
    String name = "000000000" + id;
    assertArrayEquals(Files.readAllBytes(FOLDER.resolve(name + ".data")), image.seal());
    assertArrayEquals(Files.readAllBytes(FOLDER.resolve(name + ".hint")), image.hintFile());
  }

  /** One golden segment: every shape of entry; nothing at all; or so many entries that their hints fill two blocks; or what a merge left of more. */
  static SegmentImage image(int id) {
    long storeId = 0xB17CA5C0FFEE0001L;
    return switch (id) {
      case 1 -> everyShape(new SegmentImage(new SegmentHeader(1, storeId, 1, 1_700_000_000_000L, Origin.APPENDED)));
      case 2 -> new SegmentImage(new SegmentHeader(2, storeId, 9, 1_700_000_100_000L, Origin.APPENDED));
      case 4 -> {
        SegmentImage image = new SegmentImage(new SegmentHeader(4, storeId, 4000, 1_700_000_000_000L, Origin.MERGED, 5000));
        image.put("kept", "value", 4100, 1_700_000_000_000L);
        byte[] deleted = "deleted".getBytes(StandardCharsets.UTF_8);
        image.append(new EntryHeader().begin(EntryKind.TOMBSTONE, 0).key(deleted, 0, deleted.length).sequence(4200), deleted);
        yield image;
      }
      default -> {
        SegmentImage image = new SegmentImage(new SegmentHeader(3, storeId, 10, 1_700_000_000_000L, Origin.MERGED));
        for (int i = 0; i < 1100; i++) {
          image.put("k" + i, "v" + i * i, 10 + 3 * i, 1_700_000_000_000L + i * i);
        }
        yield image;
      }
    };
  }

  private static SegmentImage everyShape(SegmentImage image) {
    byte[] key = "a key".getBytes(StandardCharsets.UTF_8);
    byte[] value = "a value".getBytes(StandardCharsets.UTF_8);
    byte[] long1 = Samples.bytes(200, 1);
    byte[] long2 = Samples.bytes(20_000, 2);
    byte[] none = {};
    image.put("plain", "entry", 1, 1_700_000_000_000L);
    image.append(Samples.put(none, none).sequence(2), none, none);
    image.append(Samples.put(long1, long2).sequence(3).timestamp(Long.MAX_VALUE), long1, long2);
    image.append(Samples.put(key, value).sequence(4).timestamp(-5).expiry(Long.MAX_VALUE).watermark(65), key, value);
    EntryHeader inKeyspace = new EntryHeader().begin(EntryKind.PUT, 1).key(key, 0, 5).value(value, 0, 7);
    image.append(inKeyspace.sequence(5).timestamp(1).expiry(1).batchContinues(true), key, value);
    EntryHeader deleted = new EntryHeader().begin(EntryKind.TOMBSTONE, Integer.MAX_VALUE).key(long1, 0, 200);
    image.append(deleted.sequence(6).batchContinues(true).watermark(20_000), long1);
    image.append(Samples.drop(0).sequence(7).timestamp(Long.MIN_VALUE));
    image.append(Samples.drop(300).sequence(8).watermark(300));
    return image;
  }

  /** What a segment and its hint file say, one line for each part; of very many entries the first and the last ten. */
  static String describe(byte[] data, byte[] hintFile) {
    List<String> lines = new ArrayList<>();
    SegmentHeader segment = whole(SegmentHeader.decode(data, 0, data.length));
    int dataEnd = data.length - SegmentFooter.LENGTH;
    SegmentFooter footer = whole(SegmentFooter.decode(segment, data, dataEnd, data.length));
    EntryCodec codec = new EntryCodec(segment);
    lines.add(segment.toString());
    List<String> entries = new ArrayList<>();
    for (int at = SegmentHeader.LENGTH; at < dataEnd; ) {
      Entry entry = whole(codec.decode(at, data, at, dataEnd));
      entries.add(line(entry));
      at += entry.length();
    }
    lines.addAll(ends(entries));
    lines.add(footer.toString());
    HintFiles.Read hints = HintFiles.read(footer, hintFile);
    lines.addAll(ends(hints.hints().stream().map(HintEntry::toString).toList()));
    lines.add(hints.last().toString());
    return String.join("\n", lines) + "\n";
  }

  private static List<String> ends(List<String> lines) {
    if (lines.size() <= 20) {
      return lines;
    }
    List<String> ends = new ArrayList<>(lines.subList(0, 10));
    ends.add("... " + (lines.size() - 20) + " more ...");
    ends.addAll(lines.subList(lines.size() - 10, lines.size()));
    return ends;
  }

  private static String line(Entry entry) {
    return "%s, time %d, expiry %d, watermark %d, %s, %d bytes: %s = %s".formatted(
        entry, entry.timestamp(), entry.expiry(), entry.watermark(),
        entry.batchContinues() ? "batch continues" : "batch ends", entry.length(), hex(entry.key()), hex(entry.value()));
  }

  /** Up to 20 bytes, and the checksum of all that are more. */
  private static String hex(byte[] bytes) {
    if (bytes.length <= 20) {
      return HexFormat.of().formatHex(bytes);
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return HexFormat.of().formatHex(bytes, 0, 20) + "... CRC32C " + Long.toHexString(crc.getValue());
  }

  private static <T> T whole(Decoded<T> decoded) {
    return switch (decoded) {
      case Decoded.Whole<T>(T value) -> value;
      case Decoded.Torn<T>(long missing) -> throw new AssertionError("torn, " + missing + " bytes are missing");
      case Decoded.Corrupt<T>(Fault fault) -> throw new AssertionError("corrupt: " + fault);
    };
  }
}
