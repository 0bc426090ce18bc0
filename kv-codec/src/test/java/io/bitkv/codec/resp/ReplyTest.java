package io.bitkv.codec.resp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ReplyTest {
  private static final Reply OK = Reply.SimpleString.OK;
  private static final Reply BULK = new Reply.Bulk(Wire.bytes("1.5"));
  private static final Reply ONE = new Reply.IntegerReply(1);
  private static final Reply TEXT = new Reply.Verbatim("txt", "hi");
  private static final Reply ERROR = new Reply.ErrorReply("ERR", "no");

  @Test
  void numbersAreWhatEitherVersionSendsForThem() {
    assertEquals(1, ONE.asLong());
    assertEquals(1, new Reply.BooleanReply(true).asLong());
    assertEquals(0, new Reply.BooleanReply(false).asLong());
    assertEquals(1.0, ONE.asDouble());
    assertEquals(1.5, BULK.asDouble());
    assertEquals(2.0, new Reply.SimpleString("2").asDouble());
    assertEquals(2.5, new Reply.DoubleReply(2.5).asDouble());
    assertTrue(ONE.asBoolean());
    assertFalse(new Reply.IntegerReply(0).asBoolean());
    assertTrue(new Reply.BooleanReply(true).asBoolean());
  }

  @Test
  void stringsAreWhatEitherVersionSendsForThem() {
    assertEquals("OK", OK.asString());
    assertEquals("1.5", BULK.asString());
    assertEquals("hi", TEXT.asString());
    assertArrayEquals(Wire.bytes("OK"), OK.asBytes());
    assertArrayEquals(Wire.bytes("1.5"), BULK.asBytes());
    assertArrayEquals(Wire.bytes("hi"), TEXT.asBytes());
  }

  @Test
  void aggregatesAreWhatEitherVersionSendsForThem() {
    List<Reply> elements = List.of(BULK, ONE, OK, OK);
    assertEquals(elements, new Reply.ArrayReply(elements).asList());
    assertEquals(elements, new Reply.SetReply(elements).asList());
    assertEquals(elements, new Reply.Push(elements).asList());
    Map<String, Reply> map = Map.of("1.5", ONE, "OK", OK);
    assertEquals(map, new Reply.ArrayReply(elements).asMap());
    assertEquals(map, new Reply.MapReply(List.of(Map.entry(BULK, ONE), Map.entry(OK, OK))).asMap());
    assertEquals(
        List.of("1.5", "OK"), List.copyOf(new Reply.ArrayReply(elements).asMap().keySet()));
  }

  @Test
  @DisplayName("F77 a reply of another type than asked for is a typed error that names both")
  void otherTypesAreRefused() {
    assertRefused("expected an integer, got a bulk string", BULK::asLong);
    assertRefused("expected a boolean, got a simple string", OK::asBoolean);
    assertRefused("expected a boolean, got the integer 2", new Reply.IntegerReply(2)::asBoolean);
    assertRefused("expected a double, got an error", ERROR::asDouble);
    assertRefused("expected a double, got a string that holds no number", OK::asDouble);
    assertRefused("expected a bulk string, got a null", Reply.Null.INSTANCE::asBytes);
    assertRefused("expected a bulk string, got an integer", ONE::asString);
    assertRefused("expected an array, got an integer", ONE::asList);
    assertRefused("expected a map, got a bulk string", BULK::asMap);
    assertRefused("expected a map, got an array of 1", new Reply.ArrayReply(List.of(OK))::asMap);
    assertRefused(
        "expected a bulk string, got an integer", new Reply.ArrayReply(List.of(ONE, OK))::asMap);
    assertRefused(
        "expected an array, got a big number", new Reply.BigNumber(BigInteger.ONE)::asList);
  }

  @Test
  void onlyANullIsNull() {
    assertTrue(Reply.Null.INSTANCE.isNull());
    assertFalse(new Reply.Bulk(new byte[0]).isNull());
  }

  @Test
  void anErrorsTextIsWhole() {
    assertEquals("ERR no", new Reply.ErrorReply("ERR", "no").text());
    assertEquals("LOADING", new Reply.ErrorReply("LOADING", "").text());
  }

  @Test
  void bulkStringsOfTheSameBytesAreEqual() {
    assertEquals(BULK, new Reply.Bulk(Wire.bytes("1.5")));
    assertEquals(BULK.hashCode(), new Reply.Bulk(Wire.bytes("1.5")).hashCode());
    assertNotEquals(BULK, new Reply.Bulk(Wire.bytes("1.6")));
    assertNotEquals(BULK, OK);
    assertEquals("Bulk[3 bytes]", BULK.toString());
  }

  @Test
  void aReplyDoesNotChangeWithTheListItWasMadeOf() {
    List<Reply> elements = new ArrayList<>(List.of(ONE));
    Reply array = new Reply.ArrayReply(elements);
    elements.clear();
    assertEquals(List.of(ONE), array.asList());
    assertThrows(UnsupportedOperationException.class, () -> array.asList().clear());
  }

  private static void assertRefused(String expected, Executable access) {
    assertEquals(
        "Protocol error: " + expected, assertThrows(ProtocolException.class, access).getMessage());
  }
}
