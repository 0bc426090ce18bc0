package io.bitkv.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every type that programs see shows in its documentation how it is used, by lines that a test compiles and runs. */
class DocumentedBySnippetsTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern EXPORT = Pattern.compile("(?m)^ *exports ([\\w.]+);");
  private static final Pattern PUBLIC_TYPE =
      Pattern.compile("(?m)^public (?:abstract |final |sealed |non-sealed )*(?:class|interface|record|enum|@interface) ");
  private static final Pattern SNIPPET = Pattern.compile("\\{@snippet file=\"([^\"]+)\" region=\"(\\w+)\"}");

  @ParameterizedTest
  @ValueSource(strings = {"kv-api", "kv-client"})
  void everyExportedTypeShowsHowItIsUsed(String module) throws IOException {
    Path main = ROOT.resolve(module).resolve("src/main/java");
    Path tests = ROOT.resolve(module).resolve("src/test/java");
    List<Executable> checks = exportedTypes(main).stream().<Executable>map(type -> () -> check(type, tests)).toList();
    assertFalse(checks.isEmpty(), main + " has no exported types");
    assertAll(checks);
  }

  private static List<Path> exportedTypes(Path main) throws IOException {
    List<Path> packages =
        EXPORT.matcher(Files.readString(main.resolve("module-info.java"))).results().map(export -> folder(main, export)).toList();
    try (Stream<Path> files = Files.walk(main)) {
      return files.filter(file -> packages.contains(file.getParent()) && file.toString().endsWith(".java")).toList();
    }
  }

  private static Path folder(Path main, MatchResult export) {
    return main.resolve(export.group(1).replace('.', '/'));
  }

  private static void check(Path source, Path tests) throws IOException {
    String text = Files.readString(source);
    Matcher type = PUBLIC_TYPE.matcher(text);
    if (!type.find()) {
      return;
    }
    String comment = text.substring(Math.max(0, text.lastIndexOf("/**", type.start())), type.start());
    Matcher snippet = SNIPPET.matcher(comment);
    assertTrue(snippet.find(), source + " has no {@snippet file=... region=...} in the comment of its type");
    String shown = Files.readString(tests.resolve(snippet.group(1)));
    assertTrue(shown.contains("@start region=\"" + snippet.group(2) + "\""), source + " names a region that is not there: " + snippet.group());
  }
}
