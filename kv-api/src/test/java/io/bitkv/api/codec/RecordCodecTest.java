package io.bitkv.api.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a record class may go through while its old values remain. */
class RecordCodecTest {

  record First(int id, String name, float score, Optional<String> mail) {}

  record Second(
      boolean isNew, Optional<Integer> age, List<String> roles, Optional<String> mail, double score, char mark, long id) {}

  record Chain(int value, Chain next) {}

  record Positive(int value) {
    Positive {
      if (value <= 0) {
        throw new IllegalArgumentException("must be positive");
      }
    }
  }

  private static <R extends Record> Codec<R> of(Class<R> type) {
    return Codec.ofRecord(type, MethodHandles.lookup());
  }

  @Test
  void componentsMayBeAddedRemovedReorderedAndWidened() {
    byte[] old = of(First.class).encode(new First(7, "Ada", 1.5f, Optional.of("a@x")));
    assertEquals(new Second(false, Optional.empty(), null, Optional.of("a@x"), 1.5, '\0', 7), of(Second.class).decode(old));
  }

  @Test
  void anOlderProgramReadsWhatANewerOneWrote() {
    Second second = new Second(true, Optional.of(36), List.of("admin"), Optional.empty(), 0.5, 'x', 9);
    byte[] bytes = of(Second.class).encode(second);
    record Third(long id, Optional<String> mail) {}
    assertEquals(new Third(9, Optional.empty()), of(Third.class).decode(bytes));
  }

  @Test
  void unknownFieldsOfEveryKindAreSkipped() {
    StructureCodecProperties.Texts texts =
        new StructureCodecProperties.Texts("t", new java.util.UUID(1, 2), java.time.Instant.EPOCH, SingleCodecProperties.Colour.RED);
    StructureCodecProperties.Numbers numbers = new StructureCodecProperties.Numbers(true, (byte) 1, (short) 2, 'c', 3, 4, 5, 6);
    record Full(
        StructureCodecProperties.Texts texts,
        StructureCodecProperties.Numbers numbers,
        byte[] raw,
        List<Integer> list,
        Map<String, String> map,
        Set<Boolean> flags,
        int kept) {}
    List<Integer> withNull = new ArrayList<>(List.of(1));
    withNull.add(null);
    byte[] bytes = of(Full.class).encode(new Full(texts, numbers, new byte[3], withNull, Map.of("k", "v"), Set.of(true, false), 42));
    record Kept(int kept) {}
    assertEquals(new Kept(42), of(Kept.class).decode(bytes));
    record Nothing() {}
    assertEquals(new Nothing(), of(Nothing.class).decode(bytes));
  }

  @Test
  void anUnknownFieldWithAnUnknownTagIsRefused() {
    CodecException refused = assertThrows(CodecException.class, () -> of(Positive.class).decode(new byte[] {Tag.RECORD, 1, 1, 'x', 99}));
    assertTrue(refused.getMessage().contains("unknown tag 99"), refused::getMessage);
  }

  @Test
  void integersAreWidenedIntoDoublesAndRefusedWhereTheyDoNotFit() {
    record Whole(long n) {}
    record Real(double n) {}
    record Small(byte n) {}
    record Text(String n) {}
    byte[] bytes = of(Whole.class).encode(new Whole(300));
    assertEquals(new Real(300), of(Real.class).decode(bytes));
    CodecException tooSmall = assertThrows(CodecException.class, () -> of(Small.class).decode(bytes));
    assertEquals("Small.n: 300 does not fit into a byte", tooSmall.getMessage());
    CodecException mismatch = assertThrows(CodecException.class, () -> of(Text.class).decode(bytes));
    assertEquals("Text.n: expected text, found an integer", mismatch.getMessage());
    record YesNo(boolean n) {}
    assertThrows(CodecException.class, () -> of(YesNo.class).decode(bytes));
    assertThrows(CodecException.class, () -> of(Real.class).decode(of(Text.class).encode(new Text("x"))));
  }

  @Test
  void aNullInAPrimitivePlaceIsZero() {
    assertEquals(new Whole(0), of(Whole.class).decode(new byte[] {Tag.RECORD, 1, 1, 'n', Tag.NULL}));
  }

  record Whole(long n) {}

  @Test
  void aRecordMayContainItselfUpToABound() {
    Chain chain = null;
    for (int i = 0; i < Tag.MAX_DEPTH; i++) {
      chain = new Chain(i, chain);
    }
    assertEquals(chain, of(Chain.class).decode(of(Chain.class).encode(chain)));
    assertNull(of(Chain.class).decode(of(Chain.class).encode(new Chain(1, null))).next());
    Chain tooDeep = new Chain(0, chain);
    CodecException refused = assertThrows(CodecException.class, () -> of(Chain.class).encode(tooDeep));
    assertTrue(refused.getMessage().contains("250 levels"), refused::getMessage);
  }

  @Test
  void unknownFieldsDoNotNestWithoutBound() {
    byte[] bytes = new byte[20_000];
    for (int i = 4; i < bytes.length; i += 2) {
      bytes[i] = Tag.LIST;
      bytes[i + 1] = 1;
    }
    bytes[0] = Tag.RECORD;
    bytes[1] = 1;
    bytes[2] = 1;
    bytes[3] = 'x';
    CodecException refused = assertThrows(CodecException.class, () -> of(Chain.class).decode(bytes));
    assertTrue(refused.getMessage().contains("250 levels"), refused::getMessage);
  }

  @Test
  void aConstructorsRefusalIsACodecException() {
    record Same(int value) {}
    byte[] bytes = of(Same.class).encode(new Same(-1));
    CodecException refused = assertThrows(CodecException.class, () -> of(Positive.class).decode(bytes));
    assertTrue(refused.getMessage().contains("must be positive"), refused::getMessage);
  }

  @Test
  void anErrorInAConstructorPasses() {
    record Failing(int value) {
      Failing {
        if (value == 1) {
          throw new StackOverflowError();
        }
      }
    }
    record Same(int value) {}
    byte[] bytes = of(Same.class).encode(new Same(1));
    assertThrows(StackOverflowError.class, () -> of(Failing.class).decode(bytes));
  }

  @Test
  void aTextThatItsTypeCannotParseIsRefused() {
    record Text(String at) {}
    record Day(java.time.LocalDate at) {}
    byte[] bytes = of(Text.class).encode(new Text("yesterday"));
    assertThrows(CodecException.class, () -> of(Day.class).decode(bytes));
  }

  @Test
  void aComponentWithoutACodecIsNamed() {
    record Old(Date born) {}
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> of(Old.class));
    assertTrue(refused.getMessage().startsWith("component born of " + Old.class.getName() + " has the type java.util.Date"), refused::getMessage);
    record Raw(ArrayList<String> list) {}
    assertThrows(IllegalArgumentException.class, () -> of(Raw.class));
    record Generic<T>(T value) {}
    assertThrows(IllegalArgumentException.class, () -> Codec.ofRecord(Generic.class, MethodHandles.lookup()));
    record Twice(Optional<Optional<String>> value) {}
    assertThrows(IllegalArgumentException.class, () -> of(Twice.class));
    record InKey(List<String> list) {}
    IllegalArgumentException inKey = assertThrows(IllegalArgumentException.class, () -> Codec.ofKeyRecord(InKey.class, MethodHandles.lookup()));
    assertTrue(inKey.getMessage().contains("component list of the key"), inKey::getMessage);
  }

  @Test
  void wildcardsStandForTheirBound() {
    record Wild(List<? extends Positive> list) {}
    Wild wild = new Wild(List.of(new Positive(1)));
    assertEquals(wild, of(Wild.class).decode(of(Wild.class).encode(wild)));
  }

  @Test
  void aPrefixIsOfTheRecordsComponents() {
    record Key(int number, String text) {}
    KeyRecordCodec<Key> keys = Codec.ofKeyRecord(Key.class, MethodHandles.lookup());
    assertThrows(IllegalArgumentException.class, () -> keys.prefix(1, "a", 2));
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> keys.prefix("text"));
    assertTrue(refused.getMessage().contains("component number"), refused::getMessage);
  }
}
