package io.bitkv.tests.model;

import io.bitkv.api.KeyspaceId;
import java.util.function.Function;

/** How a keyspace of the model gets at the data, and which keys it may touch there. */
interface Scope {

  /** Runs one operation on the data while nobody else does. */
  <R> R run(Function<ModelData, R> operation);

  /** Refuses a key that is out of bounds. */
  void permit(KeyspaceId id, byte[] key);

  /** Refuses to work on a keyspace as a whole when that is out of bounds. */
  void permitAll(KeyspaceId id);
}
