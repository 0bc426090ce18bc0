package io.bitkv.client;

import io.bitkv.codec.resp.RespVersion;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** A client of a server that has no KV commands. */
abstract class PlainRedisSetup {

  final FakeRedis redis = new FakeRedis(RespVersion.RESP3);
  final FakeServer server = FakeServer.plain(redis);
  final KvClient client = KvClient.builder(server.uri()).deadline(Duration.ofSeconds(30)).connect();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }
}
