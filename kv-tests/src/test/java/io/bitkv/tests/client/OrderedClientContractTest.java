package io.bitkv.tests.client;

import io.bitkv.api.KeyValueStore;
import io.bitkv.server.ServerOptions;
import io.bitkv.tests.contract.KeyValueStoreContract;
import io.bitkv.tests.contract.OrderedScansContract;
import io.bitkv.tests.model.ManualClock;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client of a server with an ordered key directory keeps the contract, scans by range and in order included. */
class OrderedClientContractTest extends KeyValueStoreContract implements OrderedScansContract {

  @RegisterExtension
  final Servers servers = new Servers(ServerOptions.defaults().with("sync", "never").with("directory", "ordered"));

  @Override
  protected KeyValueStore openEmpty(ManualClock storeClock) {
    return servers.client();
  }
}
