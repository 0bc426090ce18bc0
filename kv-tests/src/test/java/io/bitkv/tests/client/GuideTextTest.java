package io.bitkv.tests.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The Java that docs/CLIENT.md shows is compiled and run: each block of it stands, line by line, in {@link GuideTest} or
 * {@link GuideToClientTest}.
 */
class GuideTextTest {

  private static final Path GUIDE = Path.of("..", "docs", "CLIENT.md");
  private static final Path SOURCES = Path.of("src", "test", "java", "io", "bitkv", "tests", "client");
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TestFactory
  List<DynamicTest> everyBlockIsTested() throws IOException {
    String source = source(GuideTest.class) + source(GuideToClientTest.class);
    List<String> blocks = BLOCK.matcher(Files.readString(GUIDE)).results().map(block -> block.group(1)).toList();
    assertTrue(blocks.size() > 10, () -> GUIDE + " has only " + blocks.size() + " blocks of Java");
    return blocks.stream()
        .map(block -> DynamicTest.dynamicTest(block.lines().findFirst().orElseThrow(), () -> assertTrue(source.contains(plain(block)), block)))
        .toList();
  }

  private static String source(Class<?> test) throws IOException {
    return plain(Files.readString(SOURCES.resolve(test.getSimpleName() + ".java")));
  }

  /** Text without the indentation of its lines, and without empty ones. */
  private static String plain(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
  }
}
