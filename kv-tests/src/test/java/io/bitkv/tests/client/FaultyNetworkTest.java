package io.bitkv.tests.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.client.KvClient;
import io.bitkv.server.ServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Over a network that fails in every way, no acknowledged write is lost, no write in doubt is sent twice, what is told not to have happened
 * did not, and no reply is taken for another's.
 */
@Timeout(240)
class FaultyNetworkTest {

  private static final int USERS = 4;

  @RegisterExtension final Servers servers = new Servers(ServerOptions.defaults().with("sync", "never"));

  @ParameterizedTest
  @EnumSource
  @DisplayName("F77 one kind of fault, again and again")
  void historiesHoldUnderOneKindOfFault(Fault fault) throws Exception {
    historyHolds(1, EnumSet.of(fault));
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 3, 5, 7})
  @DisplayName("F77 all kinds of faults together")
  void historiesHoldUnderAllFaults(long seed) throws Exception {
    historyHolds(seed, EnumSet.allOf(Fault.class));
  }

  private void historyHolds(long seed, Set<Fault> faults) throws Exception {
    try (FaultyProxy proxy = new FaultyProxy(servers.port(), seed, faults)) {
      List<UnluckyUser> users = work(proxy, seed);
      proxy.heal();
      assertTrue(proxy.strikes() > 3, () -> "only " + proxy.strikes() + " times did anything fail");
      KvClient sound = servers.client();
      users.forEach(user -> user.verify(sound));
      assertTrue(users.stream().mapToLong(UnluckyUser::acknowledged).sum() > 0, "nothing was acknowledged at all");
      long counted = users.stream().mapToLong(UnluckyUser::counted).sum();
      long inDoubt = users.stream().mapToLong(UnluckyUser::countedInDoubt).sum();
      long counter = UnluckyUser.counter(sound);
      assertTrue(counted <= counter && counter <= counted + inDoubt, () -> counter + " counted; " + counted + " acknowledged, " + inDoubt + " in doubt");
      writesWereSentOnce(proxy, users);
    }
  }

  /** Lets the users work, half of them on virtual threads, with a client that shares its connections among them. */
  private static List<UnluckyUser> work(FaultyProxy proxy, long seed) throws Exception {
    try (KvClient client =
            KvClient.builder(proxy.uri())
                .backoff(Duration.ofMillis(1), Duration.ofMillis(5))
                .connectTimeout(Duration.ofSeconds(10))
                .deadline(Duration.ofMillis(250))
                .connectLater();
        ExecutorService platform = Executors.newFixedThreadPool(USERS);
        ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<UnluckyUser>> ends = new ArrayList<>();
      for (int i = 0; i < USERS; i++) {
        ends.add((i % 2 == 0 ? platform : virtual).submit(new UnluckyUser(i, client, seed)));
      }
      List<UnluckyUser> users = new ArrayList<>();
      for (Future<UnluckyUser> end : ends) {
        users.add(end.get(200, TimeUnit.SECONDS));
      }
      return users;
    }
  }

  /** Every value is one write's alone, so a value that reached the server twice was sent twice. */
  private static void writesWereSentOnce(FaultyProxy proxy, List<UnluckyUser> users) {
    Map<String, Integer> sent = new HashMap<>();
    for (List<String> request : proxy.forwarded()) {
      new HashSet<>(request).stream().filter(word -> word.indexOf('#') > 0).forEach(value -> sent.merge(value, 1, Integer::sum));
    }
    sent.forEach((value, times) -> assertEquals(1, times, () -> value + " was sent more than once"));
    users.forEach(user -> user.refused().forEach(value -> assertFalse(sent.containsKey(value), () -> value + " was told not to be sent, and was")));
    assertFalse(sent.isEmpty());
  }
}
