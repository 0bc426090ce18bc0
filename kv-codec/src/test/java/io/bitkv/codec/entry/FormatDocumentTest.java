package io.bitkv.codec.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("docs/FORMAT.md")
class FormatDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "FORMAT.md");
  private static final Path SOURCES = Path.of("src", "main", "java", "io", "bitkv", "codec", "entry");

  @ParameterizedTest
  @CsvSource({
    "### Segment header, SegmentHeader.java",
    "### Entry, EntryCodec.java",
    "### Segment footer, SegmentFooter.java",
    "## Hint files, HintFormat.java",
  })
  @DisplayName("shows the same picture of the bytes as the class that writes them")
  void samePicture(String heading, String source) throws IOException {
    String comment = between(Files.readString(SOURCES.resolve(source)), "<pre>\n", " * </pre>");
    String picture = comment.lines().map(line -> line.replaceFirst("^ \\* ?", "")).collect(Collectors.joining("\n"));
    assertEquals(picture + "\n", between(section(heading), "```text\n", "```"));
  }

  @Test
  @DisplayName("gives the places and lengths that the code computes")
  void samePlaces() throws IOException {
    assertEquals(SegmentHeader.LENGTH, endOfLastField("### Segment header"));
    assertEquals(SegmentFooter.LENGTH, endOfLastField("### Segment footer"));
    String hints = section("## Hint files");
    assertEquals(HintFormat.HEADER_LENGTH, lastField(hints.substring(0, hints.indexOf("\nhint\n"))));
  }

  @Test
  @DisplayName("gives the bytes of a segment and of its hint file as the code writes them")
  void sameExamples() throws IOException {
    SegmentImage image = new SegmentImage(Samples.SEGMENT)
        .put("key", "value", 1000, 1_700_000_000_005L)
        .tombstone("old", 1001, 1_700_000_000_006L);
    assertEquals(hex(image.seal()), example("### Example"));
    assertEquals(hex(image.hintFile()), example("## Hint files"));
  }

  @Test
  @DisplayName("gives the version and the bounds that the code has")
  void sameBounds() throws IOException {
    String text = Files.readString(DOCUMENT);
    assertEquals("1", between(text, "# The file format, version ", "\n"));
    assertEquals(SegmentHeader.FORMAT_VERSION, Integer.parseInt(between(text, "format version, ", "\n")));
    assertEquals(EntryCodec.MAX_KEY_LENGTH, number(between(text, "key length, 0 to ", " ")));
    assertEquals(EntryCodec.MAX_VALUE_LENGTH, number(between(text, "value length, 0 to ", " ")));
    assertEquals(HintFormat.BLOCK_HINTS, number(between(text, "hints in it, 1 to ", " ")));
  }

  private static int endOfLastField(String heading) throws IOException {
    return lastField(between(section(heading), "```text\n", "```"));
  }

  /** The sum of place and length in the last line that begins with both. */
  private static int lastField(String picture) {
    Matcher lines = Pattern.compile("^ ?(\\d+) +(\\d+)  ", Pattern.MULTILINE).matcher(picture);
    MatchResult last = lines.results().reduce((first, second) -> second).orElseThrow();
    return Integer.parseInt(last.group(1)) + Integer.parseInt(last.group(2));
  }

  private static int number(String text) {
    return Integer.parseInt(text.strip().replace(",", ""));
  }

  /** The bytes of the first example in a section, after checking that its lines are numbered by offset. */
  private static String example(String heading) throws IOException {
    StringBuilder bytes = new StringBuilder();
    for (String line : between(section(heading), "```hex\n", "```").lines().toList()) {
      assertEquals(bytes.length() / 2, Integer.parseInt(line.substring(0, 4).strip()), line);
      bytes.append(line.substring(6, Math.min(54, line.length())).replace(" ", ""));
    }
    return bytes.toString();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String section(String heading) throws IOException {
    String text = Files.readString(DOCUMENT);
    return text.substring(text.indexOf("\n" + heading + "\n") + 1);
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }
}
