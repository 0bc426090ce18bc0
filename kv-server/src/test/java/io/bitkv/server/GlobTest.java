package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "*, abc, true", "*, \"\", true", "\"\", \"\", true", "\"\", a, false", "a*, abc, true",
            "*c, abc, true", "a*c, abc, true",
        "a*c, ac, true", "a*b*c, aXbYc, true", "a*b*c, acb, false", "a*a, a, false", "?, a, true",
            "?, \"\", false", "a?c, abc, true",
        "[abc], b, true", "[abc], d, false", "[a-c], b, true", "[c-a], b, true", "[^a-c], b, false",
            "[^a-c], d, true", "[a, a, true",
        "[], a, false", "[]a], a, false", "[^], a, true", "\\*, *, true", "\\*, a, false",
            "a\\, a\\, true", "[\\]], ], true",
        "[a-], -, false", "[a-], ], true", "[a-], a, true", "h[ae]llo, hello, true",
            "h[ae]llo, hillo, false", "**a**, bab, true", "*ab*ab*, abab, true",
        "*ab*ab*, aab, false"
      })
  void matchesAsRedisDoes(String pattern, String text, boolean isMatch) {
    assertEquals(
        isMatch,
        Glob.of(RespClient.bytes(pattern)).matches(RespClient.bytes(text)),
        pattern + " on " + text);
  }

  @Test
  @DisplayName("F75 a pattern bomb takes linear time")
  void patternBombTakesLinearTime() {
    byte[] text = new byte[64 << 10];
    Arrays.fill(text, (byte) 'a');
    for (String bomb :
        new String[] {
          "a*".repeat(10_000) + "b",
          "*" + "a".repeat(30_000) + "b*",
          "*".repeat(1_000_000) + "b",
          "*[a-z]".repeat(10_000)
        }) {
      Glob glob = Glob.of(RespClient.bytes(bomb));
      assertTimeoutPreemptively(Duration.ofSeconds(30), () -> glob.matches(text));
    }
  }

  @Test
  void patternLongerThanAnyKeyMatchesNothing() {
    byte[] pattern = new byte[1 << 20];
    Arrays.fill(pattern, (byte) '?');
    assertFalse(Glob.of(pattern).matches(new byte[64 << 10]));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {"abc*, abc", "*abc, \"\"", "a\\*b?, a*b", "a[b]c*, abc", "a[bc]*, a", "abc, abc"})
  void knowsTheBytesThatEveryMatchBeginsWith(String pattern, String prefix) {
    assertArrayEquals(RespClient.bytes(prefix), Glob.of(RespClient.bytes(pattern)).prefix());
  }
}
