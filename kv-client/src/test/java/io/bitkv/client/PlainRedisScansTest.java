package io.bitkv.client;

import static io.bitkv.client.Texts.bytes;
import static io.bitkv.client.Texts.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bitkv.api.KeyValue;
import io.bitkv.api.OutcomeUnknownException;
import io.bitkv.api.Page;
import io.bitkv.api.Scan;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a server that has no KV commands a scan visits every key by Redis's own steps, and fetches the values of each step at once. */
@Timeout(60)
class PlainRedisScansTest extends PlainRedisSetup {

  @Test
  void aScanVisitsEveryKeyWithItsValue() {
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < 25; i++) {
      redis.put("key" + i, "value" + i);
      expected.add("key" + i + "=value" + i);
    }
    redis.put("[odd]*?\\", "odd");
    expected.add("[odd]*?\\=odd");
    try (Stream<KeyValue> entries = client.entries(Scan.all())) {
      assertEquals(expected, new HashSet<>(entries.map(each -> text(each.key()) + "=" + text(each.value())).toList()));
    }
    try (Stream<byte[]> keys = client.keys(Scan.prefix(bytes("[odd]*?\\")))) {
      assertEquals(List.of("[odd]*?\\"), keys.map(Texts::text).toList());
    }
    assertEquals("SCAN 0 COUNT 500 MATCH \\[odd\\]\\*\\?\\\\*", server.asked().stream().filter(asked -> asked.contains("MATCH")).findFirst().orElseThrow());
    Page<byte[]> page = client.scan(Page.START, 10);
    assertEquals(2, page.items().size());
    assertEquals(2, page.next());
  }

  @Test
  void aKeyThatIsGoneWhenItsValueIsFetchedIsLeftOut() {
    FakeServer.Script shrinking =
        (request, peer) ->
            peer.send(
                switch (request.name()) {
                  case "SCAN" -> "*2\r\n$1\r\n0\r\n*2\r\n$1\r\na\r\n$1\r\nb\r\n";
                  case "MGET" -> "*2\r\n_\r\n$1\r\n2\r\n";
                  default -> request.text(1).equals("a") ? ":-2\r\n" : ":77\r\n";
                });
    try (FakeServer other = FakeServer.plain(shrinking);
        KvClient reader = KvClient.connect(other.uri());
        Stream<KeyValue> entries = reader.entries(Scan.all())) {
      assertEquals(List.of("b=2@77"), entries.map(each -> text(each.key()) + "=" + text(each.value()) + "@" + each.expiresAtMillis()).toList());
    }
  }

  @Test
  void aCursorThatIsNoneIsATypedError() {
    try (FakeServer other = FakeServer.plain((request, peer) -> peer.send("*2\r\n$4\r\nnext\r\n*0\r\n"));
        KvClient reader = KvClient.connect(other.uri())) {
      assertThrows(OutcomeUnknownException.class, () -> reader.scan(Page.START, 10));
    }
  }
}
