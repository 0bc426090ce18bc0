package io.bitkv.tests.client;

import io.bitkv.api.KeyValueStore;
import io.bitkv.client.CacheOptions;
import io.bitkv.client.KvClient;
import io.bitkv.server.ServerOptions;
import io.bitkv.tests.contract.KeyValueStoreContract;
import io.bitkv.tests.contract.UnorderedScansContract;
import io.bitkv.tests.model.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract, put to a client that keeps what it reads: whoever uses nothing but that client cannot tell. */
class CachingClientContractTest extends KeyValueStoreContract implements UnorderedScansContract {

  @RegisterExtension final Servers servers = new Servers(ServerOptions.defaults().with("sync", "never"));

  @Override
  protected KeyValueStore openEmpty(ManualClock storeClock) {
    return servers.connect(
        KvClient.builder(servers.uri())
            .deadline(Duration.ofMinutes(2))
            .connectTimeout(Duration.ofSeconds(30))
            .cache(CacheOptions.ofBytes(1 << 20).maxAge(Duration.ofHours(1))));
  }
}
