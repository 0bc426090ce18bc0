package io.bitkv.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A load that has a server run what busy clients ask for most: strings written and read by many
 * connections at the same time, alone and in pipelines, with and without waiting for the disk. The
 * Java runtime notes meanwhile what the code does, and {@code kv-warm} keeps these notes, so that
 * later starts compile for them at once.
 *
 * <p>It writes keys that begin with {@value #PREFIX} and changes {@code appendfsync}, and takes both
 * back in the end.
 */
final class WarmLoad {

  /** What its keys begin with. */
  static final String PREFIX = "kv-warm:";

  private static final int CONNECTIONS = 50;
  private static final int KEYS = 100_000;
  private static final int KEYS_AT_ONCE = 1000;
  private static final byte[] VALUE = "v".repeat(64).getBytes(StandardCharsets.US_ASCII);

  private final RemoteConnection server;

  WarmLoad(RemoteConnection server) {
    this.server = server;
  }

  /**
   * Sends the load, and waits for its replies.
   *
   * @throws RemoteException if the server answers with an error, or not at all
   */
  void run() {
    String policy =
        server.call(words("CONFIG", "GET", "appendfsync")).asList().get(1).asString();
    try {
      fromAll(2_000, 1);
      fromAll(1_000, 16);
      fromAll(250, 64);
      server.call(words("CONFIG", "SET", "appendfsync", "always"));
      fromAll(1_000, 1);
    } finally {
      server.call(words("CONFIG", "SET", "appendfsync", policy));
      deleteAll();
    }
  }

  /** Has each connection send as many pipelines of a depth. */
  private void fromAll(int count, int depth) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        SplittableRandom random = new SplittableRandom(i);
        all.add(CompletableFuture.runAsync(() -> fromOne(count, depth, random), threads));
      }
      all.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RemoteException refusal ? refusal : e;
    }
  }

  /** Sends pipelines from a new connection, one after the other: writes and reads in turns. */
  private void fromOne(int count, int depth, SplittableRandom random) {
    try (RemoteConnection connection = server.another()) {
      for (int i = 0; i < count; i++) {
        List<List<byte[]>> requests = new ArrayList<>(depth);
        for (int j = 0; j < depth; j++) {
          requests.add(request(i % 2 == 0, random.nextInt(KEYS)));
        }
        connection.callAll(requests);
      }
    }
  }

  private static List<byte[]> request(boolean isWrite, int key) {
    List<byte[]> request = words(isWrite ? "SET" : "GET", PREFIX + key);
    if (isWrite) {
      request.add(VALUE);
    }
    return request;
  }

  private void deleteAll() {
    for (int from = 0; from < KEYS; from += KEYS_AT_ONCE) {
      List<byte[]> deletion = words("DEL");
      for (int key = from; key < from + KEYS_AT_ONCE; key++) {
        deletion.addAll(words(PREFIX + key));
      }
      server.call(deletion);
    }
  }

  private static List<byte[]> words(String... words) {
    List<byte[]> request = new ArrayList<>();
    for (String word : words) {
      request.add(word.getBytes(StandardCharsets.US_ASCII));
    }
    return request;
  }
}
