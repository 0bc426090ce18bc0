package io.bitkv.api.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The examples that the documentation of the codecs shows, as they stand there. */
class SnippetsTest {

  private record User(String name, Optional<String> mail, List<String> roles) {}

  private record OrderKey(String customer, long number) {}

  private record Percent(int value) {}

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void codecs() {
    // @start region="codecs"
    Codec<User> users = Codec.ofRecord(User.class, MethodHandles.lookup());
    Codec<Percent> percents = Codec.INT.convert(Percent::new, Percent::value);
    Codec<InetAddress> addresses = Codec.of(InetAddress::getAddress, bytes -> address(bytes));
    Codec<List<Percent>> lists = Codec.ofList(percents);
    // @end
    User ada = new User("Ada", Optional.empty(), List.of("admin"));
    assertEquals(ada, users.decode(users.encode(ada)));
    assertEquals(List.of(new Percent(7)), lists.decode(lists.encode(List.of(new Percent(7)))));
    assertEquals(InetAddress.getLoopbackAddress().getAddress().length, addresses.encode(InetAddress.getLoopbackAddress()).length);
  }

  @Test
  void keys() {
    // @start region="keys"
    KeyRecordCodec<OrderKey> keys = Codec.ofKeyRecord(OrderKey.class, MethodHandles.lookup());
    byte[] allOfAda = keys.prefix("ada"); // what the key of each of Ada's orders begins with
    // @end
    String key = new String(keys.encode(new OrderKey("ada", 1)), UTF_8);
    assertTrue(key.startsWith(new String(allOfAda, UTF_8)));
  }

  @Test
  void provider() {
    // @start region="provider"
    final class PercentCodecs implements CodecProvider {
      private static final Codec<Percent> PERCENT = Codec.INT.convert(Percent::new, Percent::value);

      @Override
      public Optional<Codec<?>> codec(Class<?> type) {
        return type == Percent.class ? Optional.of(PERCENT) : Optional.empty();
      }
    }
    // @end
    assertTrue(new PercentCodecs().codec(Percent.class).isPresent());
  }

  @Test
  void failure() {
    String shown = "";
    // @start region="failure"
    try {
      Codec.LONG.decode("seven".getBytes(UTF_8));
    } catch (CodecException e) {
      shown = e.getMessage(); // what is wrong with the bytes
    }
    // @end
    assertTrue(shown.contains("8 bytes"), shown);
    assertThrows(CodecException.class, () -> Codec.LONG.decode(new byte[0]));
  }
}
