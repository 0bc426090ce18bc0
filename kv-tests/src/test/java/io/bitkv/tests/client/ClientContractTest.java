package io.bitkv.tests.client;

import io.bitkv.api.KeyValueStore;
import io.bitkv.server.ServerOptions;
import io.bitkv.tests.contract.KeyValueStoreContract;
import io.bitkv.tests.contract.Trait;
import io.bitkv.tests.model.ManualClock;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract, put to a client over TCP: a program may move between the engine and a server by the line that opens the store. */
class ClientContractTest extends KeyValueStoreContract {

  @RegisterExtension final Servers servers = new Servers(ServerOptions.defaults().with("sync", "never"));

  @Override
  protected KeyValueStore openEmpty(ManualClock storeClock) {
    return servers.client();
  }

  @Override
  public Set<Trait> traits() {
    return EnumSet.noneOf(Trait.class);
  }
}
