package io.bitkv.bench.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** The clients by the names that the command line and the report use. */
final class ClientSubjects {

  static final String BITKV = "kv-client";
  static final String JEDIS = "jedis";
  static final String JEDIS_CONNECTION = "jedis-connection";
  static final String LETTUCE = "lettuce";

  /** How long a call may take: so long that none ends for that on a slow machine. */
  static final int TIMEOUT_MILLIS = 30_000;

  private static final Map<String, IntFunction<ClientSubject>> FACTORIES = new LinkedHashMap<>();

  static {
    FACTORIES.put(BITKV, KvClientSubject::new);
    FACTORIES.put(JEDIS, JedisSubject::new);
    FACTORIES.put(JEDIS_CONNECTION, JedisConnectionSubject::new);
    FACTORIES.put(LETTUCE, LettuceSubject::new);
  }

  private ClientSubjects() {}

  static List<String> names() {
    return List.copyOf(FACTORIES.keySet());
  }

  /** Connects a client, one of {@link #names}, to a port of this machine. */
  static ClientSubject connect(String name, int port) {
    return FACTORIES.get(name).apply(port);
  }
}
