package io.bitkv.codec.entry;

import static io.bitkv.codec.entry.Samples.CODEC;
import static io.bitkv.codec.entry.Samples.OFFSET;
import static io.bitkv.codec.entry.Samples.bytes;
import static io.bitkv.codec.entry.Samples.decode;
import static io.bitkv.codec.entry.Samples.image;
import static io.bitkv.codec.entry.Samples.put;
import static io.bitkv.codec.entry.Samples.whole;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The entry codec")
class EntryCodecTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0", "1, 0", "0, 1", "16, 100", "127, 127", "128, 128", "16383, 16383", "16384, 16384", "65535, 65536",
    "65536, 2097151", "65536, 2097152"
  })
  @DisplayName("gives back keys and values of every size at which a length takes one byte more")
  void boundarySizes(int keyLength, int valueLength) {
    byte[] key = bytes(keyLength, 1);
    byte[] value = bytes(valueLength, 2);
    byte[] image = image(put(key, value), key, value);
    Entry entry = whole(decode(image));
    assertArrayEquals(key, entry.key());
    assertArrayEquals(value, entry.value());
    assertEquals(image.length, entry.length());
    assertEquals(OFFSET, entry.offset());
  }

  @Test
  @DisplayName("adds 13 bytes to a key of 16 and a value of 100")
  void overhead() {
    byte[] key = bytes(16, 1);
    byte[] value = bytes(100, 2);
    byte[] image = image(put(key, value).sequence(1000 + 1_000_000).timestamp(1_700_000_500_000L), key, value);
    assertEquals(13, image.length - 116);
    assertEquals(1_001_000, whole(CODEC.decode(OFFSET, image, 0, image.length)).sequence());
  }
}
