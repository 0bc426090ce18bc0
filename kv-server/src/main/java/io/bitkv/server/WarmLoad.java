package io.bitkv.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A load that has a server run what busy clients ask for most: strings written and read, alone and
 * in pipelines, with and without waiting for the disk. The Java runtime notes meanwhile what the
 * code does, and {@code kv-warm} keeps these notes, so that later starts compile for them at once.
 *
 * <p>It writes keys that begin with {@value #PREFIX} and changes {@code appendfsync}, and takes both
 * back in the end.
 */
final class WarmLoad {

  /** What its keys begin with. */
  static final String PREFIX = "kv-warm:";

  private static final int KEYS = 1000;
  private static final int SINGLE_REQUESTS = 10_000;
  private static final int DURABLE_REQUESTS = 1_000;
  private static final int PIPELINES = 4_000;
  private static final int DEPTH = 32;
  private static final byte[] VALUE = "v".repeat(64).getBytes(StandardCharsets.US_ASCII);

  private final RemoteConnection server;
  private int turn;

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
      send(SINGLE_REQUESTS, 1);
      send(PIPELINES, DEPTH);
      server.call(words("CONFIG", "SET", "appendfsync", "always"));
      send(DURABLE_REQUESTS, 1);
    } finally {
      server.call(words("CONFIG", "SET", "appendfsync", policy));
      List<byte[]> deletion = words("DEL");
      for (int key = 0; key < KEYS; key++) {
        deletion.add(key(key));
      }
      server.call(deletion);
    }
  }

  /** Sends pipelines of a depth, one after the other. */
  private void send(int count, int depth) {
    for (int i = 0; i < count; i++) {
      List<List<byte[]>> requests = new ArrayList<>(depth);
      for (int j = 0; j < depth; j++) {
        requests.add(next(i % 2 == 0));
      }
      server.callAll(requests);
    }
  }

  /** Makes a request to write or to read; the keys take turns. */
  private List<byte[]> next(boolean isWrite) {
    List<byte[]> request = words(isWrite ? "SET" : "GET");
    request.add(key(turn++ % KEYS));
    if (isWrite) {
      request.add(VALUE);
    }
    return request;
  }

  private static byte[] key(int number) {
    return (PREFIX + number).getBytes(StandardCharsets.US_ASCII);
  }

  private static List<byte[]> words(String... words) {
    List<byte[]> request = new ArrayList<>();
    for (String word : words) {
      request.add(word.getBytes(StandardCharsets.US_ASCII));
    }
    return request;
  }
}
