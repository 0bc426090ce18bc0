package io.bitkv.tests.contract;

import io.bitkv.api.KeyValueStore;
import io.bitkv.tests.model.ManualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The conformance kit: what every {@link KeyValueStore} must do, each promise of the API a test. A store is put to it by a subclass that
 * says how one is opened; {@link ClockContract}, {@link OrderedScansContract}
 * and {@link UnorderedScansContract} hold what not every store has.
 */
public abstract class KeyValueStoreContract
    implements ValuesContract,
        InPlaceContract,
        DeletesContract,
        ConditionsContract,
        VersionsContract,
        ExpiryContract,
        ScansContract,
        CursorsContract,
        KeyspacesContract,
        LimitsContract,
        BatchesContract,
        TransactionsContract,
        ClosingContract,
        ThreadsContract {

  private final ManualClock clock = new ManualClock();
  private KeyValueStore store;

  /** Makes the kit. */
  protected KeyValueStoreContract() {}

  /** Opens an empty store; called before each test. A store with a clock of its own ignores this one. */
  protected abstract KeyValueStore openEmpty(ManualClock storeClock) throws Exception;

  @BeforeEach
  final void openStore() throws Exception {
    store = openEmpty(clock);
  }

  @AfterEach
  final void closeStore() {
    store.close();
  }

  @Override
  public final KeyValueStore store() {
    return store;
  }

  @Override
  public final ManualClock clock() {
    return clock;
  }
}
