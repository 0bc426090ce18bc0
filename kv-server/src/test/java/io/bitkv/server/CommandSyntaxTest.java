package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandSyntaxTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "key # key<key>",
        "key newkey:key # key<key> newkey<key>",
        "key... # key<key>+",
        "[section...] # section<string>+?",
        "(key value)... # key_value<block>+{key<key> value<string>}",
        "[GET] # GET get<pure-token>?",
        "[MATCH pattern] # MATCH pattern<pattern>?",
        "[condition: NX | XX] # condition<oneof>?{NX nx<pure-token> XX xx<pure-token>}",
        "[when: EX seconds | KEEPTTL] # when<oneof>?{EX seconds<integer> KEEPTTL"
            + " keepttl<pure-token>}",
        "[AUTH (username password)] # AUTH username_password<block>?{username<string>"
            + " password<string>}",
        "TYPE (kind: A | B) # TYPE kind<oneof>{A a<pure-token> B b<pure-token>}"
      })
  void readsTheNotation(String syntax, String expected) {
    assertEquals(
        expected,
        CommandSyntax.parse(syntax).stream()
            .map(CommandSyntaxTest::text)
            .collect(Collectors.joining(" ")));
  }

  private static String text(CommandSyntax.Argument argument) {
    String parts =
        argument.arguments().stream().map(CommandSyntaxTest::text).collect(Collectors.joining(" "));
    return (argument.token().isEmpty() ? "" : argument.token() + " ")
        + argument.name()
        + "<"
        + argument.type()
        + ">"
        + (argument.isMultiple() ? "+" : "")
        + (argument.isOptional() ? "?" : "")
        + (parts.isEmpty() ? "" : "{" + parts + "}");
  }
}
