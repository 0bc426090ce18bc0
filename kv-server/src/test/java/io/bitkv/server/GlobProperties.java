package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GlobProperties {

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.of("a", "b", "*", "?", "[ab]", "[^a]", "\\a")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("abc").ofMaxLength(10);
  }

  @Property
  void agreesWithTheObviousBacktrackingMatcher(
      @ForAll("patterns") String pattern, @ForAll("texts") String text) {
    boolean expected = matches(pattern, text);
    assertEquals(
        expected,
        Glob.of(RespClient.bytes(pattern)).matches(RespClient.bytes(text)),
        pattern + " on " + text);
  }

  @Property
  void everyMatchBeginsWithThePrefix(
      @ForAll("patterns") String pattern, @ForAll("texts") String text) {
    Glob glob = Glob.of(RespClient.bytes(pattern));
    boolean begins =
        text.startsWith(new String(glob.prefix(), java.nio.charset.StandardCharsets.ISO_8859_1));
    assertEquals(true, begins || !glob.matches(RespClient.bytes(text)));
  }

  private static boolean matches(String pattern, String text) {
    if (pattern.isEmpty()) {
      return text.isEmpty();
    }
    if (pattern.startsWith("*")) {
      return matches(pattern.substring(1), text)
          || (!text.isEmpty() && matches(pattern, text.substring(1)));
    }
    if (text.isEmpty()) {
      return false;
    }
    char c = text.charAt(0);
    for (String set : new String[] {"[ab]", "[^a]", "\\a", "?", "a", "b"}) {
      if (pattern.startsWith(set)) {
        boolean isIn =
            switch (set) {
              case "[ab]" -> c == 'a' || c == 'b';
              case "[^a]" -> c != 'a';
              case "?" -> true;
              case "b" -> c == 'b';
              default -> c == 'a';
            };
        return isIn && matches(pattern.substring(set.length()), text.substring(1));
      }
    }
    throw new IllegalArgumentException(pattern);
  }
}
