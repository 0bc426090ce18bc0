package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTableTest {

  private final CommandTable table = CommandFamilies.table();

  @Test
  void everyCommandIsFoundInUpperAndLowerCase() {
    for (Command command : table.commands()) {
      byte[] upper =
          RespClient.bytes("xx" + command.name().toUpperCase(java.util.Locale.ROOT) + "yy");
      assertSame(command, table.find(upper, 2, upper.length - 4));
      assertSame(command, table.find(command.lastWord(), 0, command.lastWord().length));
    }
  }

  @Test
  void otherNamesAreNotFound() {
    for (String name : List.of("", "ge", "gett", "get\0", "g\u0005t", "LPUSH", "client|id")) {
      byte[] bytes = RespClient.bytes(name);
      assertNull(table.find(bytes, 0, bytes.length), name);
    }
  }

  @Test
  void everyCommandIsDocumented() {
    table
        .withSubcommands()
        .forEach(
            command -> {
              CommandDocs docs = command.docs();
              assertTrue(docs.summary().endsWith("."), command.name());
              assertTrue(docs.since().matches("\\d\\.\\d+\\.\\d+"), command.name());
              assertFalse(docs.complexity().isEmpty(), command.name());
              assertNotNull(CommandSyntax.parse(docs.syntax()), command.name());
            });
  }

  @Test
  void everyKeyArgumentHasAPlaceInTheRequest() {
    table
        .withSubcommands()
        .filter(command -> !command.usesWholeStore())
        .forEach(
            command -> {
              long keys =
                  CommandSyntax.parse(command.docs().syntax()).stream()
                      .mapToLong(CommandTableTest::keyCount)
                      .sum();
              long places =
                  command.keys().stream().mapToLong(CommandTableTest::placeCount).sum();
              assertEquals(keys, places, command.name());
            });
  }

  /** How many arguments a specification is of; one that is repeated counts once. */
  private static long placeCount(KeySpec spec) {
    return spec.last() < 0 ? 1 : spec.indexes(spec.last() + 1).count();
  }

  @Test
  void numbersTellCommandsApart() {
    List<Integer> numbers = table.withSubcommands().map(Command::number).toList();
    assertEquals(numbers.size(), numbers.stream().distinct().count());
  }

  @Test
  void twoCommandsOfOneNameAreRefused() {
    Command get = table.find(RespClient.bytes("get"), 0, 3);
    assertThrows(IllegalArgumentException.class, () -> new CommandTable(List.of(get, get)));
  }

  @Test
  void arityIsExactOrALeast() {
    Command get = table.find(RespClient.bytes("get"), 0, 3);
    Command set = table.find(RespClient.bytes("set"), 0, 3);
    assertTrue(get.accepts(2) && !get.accepts(1) && !get.accepts(3));
    assertTrue(set.accepts(3) && set.accepts(9) && !set.accepts(2));
  }

  private static long keyCount(CommandSyntax.Argument argument) {
    return argument.type().equals("key")
        ? 1
        : argument.arguments().stream().mapToLong(CommandTableTest::keyCount).sum();
  }
}
