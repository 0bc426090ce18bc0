package io.bitkv.tests.client;

import io.bitkv.api.KeyValueStore;
import io.bitkv.server.ServerOptions;
import io.bitkv.tests.contract.KeyValueStoreContract;
import io.bitkv.tests.contract.UnorderedScansContract;
import io.bitkv.tests.model.ManualClock;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract, put to a client over TCP: a program may move between the engine and a server by the line that opens the store. */
class ClientContractTest extends KeyValueStoreContract implements UnorderedScansContract {

  @RegisterExtension final Servers servers = new Servers(ServerOptions.defaults().with("sync", "never"));

  @Override
  protected KeyValueStore openEmpty(ManualClock storeClock) {
    return servers.client();
  }
}
