package io.bitkv.client;

import io.bitkv.codec.resp.ByteArrayOutput;
import io.bitkv.codec.resp.ReplyWriter;
import io.bitkv.codec.resp.RespVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Answers the KV commands, and what the client uses of Redis's, from maps in memory. Nothing expires in it by itself. */
final class FakeKv implements FakeServer.Script {

  /** A value as the server holds it. */
  record Held(byte[] value, long version, long expires) {}

  private final Map<String, TreeMap<byte[], Held>> spaces = new HashMap<>();
  private final FakeKvScans scans = new FakeKvScans();
  private long lastVersion;

  @Override
  public synchronized void answer(FakeServer.Asked request, FakeServer.Client client) throws IOException {
    ByteArrayOutput output = new ByteArrayOutput(256);
    ReplyWriter reply = new ReplyWriter(output);
    reply.version(RespVersion.RESP3);
    execute(new Words(request), reply);
    client.send(Arrays.copyOf(output.array(), output.position()));
  }

  /** How many snapshots are kept. */
  synchronized int snapshots() {
    return scans.snapshots();
  }

  /** Writes a value behind the clients' backs. */
  synchronized void put(String space, String key, String value) {
    put(space(space), bytes(key), bytes(value), 0);
  }

  /** A request's words, read one after the other. */
  static final class Words {
    private final List<byte[]> words;
    private int next;

    Words(FakeServer.Asked request) {
      words = request.words();
    }

    boolean hasMore() {
      return next < words.size();
    }

    byte[] bytes() {
      return words.get(next++);
    }

    String text() {
      return new String(bytes(), StandardCharsets.UTF_8);
    }

    long number() {
      return Long.parseLong(text());
    }

    boolean takes(String word) {
      if (hasMore() && new String(words.get(next), StandardCharsets.UTF_8).equals(word)) {
        next++;
        return true;
      }
      return false;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private TreeMap<byte[], Held> space(String name) {
    return spaces.computeIfAbsent(name, none -> new TreeMap<>(Arrays::compareUnsigned));
  }

  private void execute(Words words, ReplyWriter reply) {
    String command = words.text();
    switch (command) {
      case "PING" -> reply.writeSimpleString("PONG");
      case "GET" -> value(reply, space("0").get(words.bytes()));
      case "EXISTS" -> reply.writeInteger(space("0").containsKey(words.bytes()) ? 1 : 0);
      case "DBSIZE" -> reply.writeInteger(space("0").size());
      case "RANDOMKEY" -> random(reply, space("0"));
      case "MGET" -> {
        reply.writeArrayHeader(words.words.size() - 1);
        while (words.hasMore()) {
          value(reply, space("0").get(words.bytes()));
        }
      }
      case "KV.COMMIT" -> commit(words, reply);
      case "KV.MGET" -> {
        reply.writeArrayHeader((words.words.size() - 1) / 2);
        while (words.hasMore()) {
          triple(reply, space(words.text()).get(words.bytes()));
        }
      }
      case "KV.NEXT" -> scans.next(reply, words.number(), (int) words.number());
      case "KV.END" -> reply.writeInteger(scans.end(words.number()) ? 1 : 0);
      default -> inSpace(command, space(words.text()), words, reply);
    }
  }

  private void inSpace(String command, TreeMap<byte[], Held> space, Words words, ReplyWriter reply) {
    switch (command) {
      case "KV.GET" -> triple(reply, space.get(words.bytes()));
      case "KV.EXISTS" -> reply.writeInteger(space.containsKey(words.bytes()) ? 1 : 0);
      case "KV.SIZE" -> reply.writeInteger(space.size());
      case "KV.RANDOM" -> random(reply, space);
      case "KV.CLEAR" -> {
        space.clear();
        reply.writeInteger(++lastVersion);
      }
      case "KV.SET" -> {
        byte[] key = words.bytes();
        byte[] value = words.bytes();
        version(reply, holds(words, space.get(key)) ? put(space, key, value, expiry(words, space.get(key))) : 0);
      }
      case "KV.DEL" -> {
        byte[] key = words.bytes();
        boolean isDeleted = holds(words, space.get(key)) && space.remove(key) != null;
        version(reply, isDeleted ? ++lastVersion : 0);
      }
      case "KV.EXPIRE" -> {
        byte[] key = words.bytes();
        Held held = space.get(key);
        version(reply, held == null ? 0 : put(space, key, held.value, expiry(words, held)));
      }
      case "KV.SCAN", "KV.RANGE", "KV.SNAPSHOT" -> scans.scan(command, space, words, reply);
      default -> reply.writeError("ERR unknown command '" + command + "', with args beginning with: ");
    }
  }

  private long put(TreeMap<byte[], Held> space, byte[] key, byte[] value, long expires) {
    space.put(key, new Held(value, ++lastVersion, expires));
    return lastVersion;
  }

  private static boolean holds(Words words, Held held) {
    if (words.takes("IFABSENT")) {
      return held == null;
    }
    if (words.takes("IFPRESENT")) {
      return held != null;
    }
    if (words.takes("IFVERSION")) {
      long version = words.number();
      return held != null && held.version == version;
    }
    if (words.takes("IFEQUALS")) {
      byte[] value = words.bytes();
      return held != null && Arrays.equals(held.value, value);
    }
    return true;
  }

  private static long expiry(Words words, Held held) {
    if (words.takes("KEEPTTL")) {
      return held == null ? 0 : held.expires;
    }
    if (words.takes("PX")) {
      return 1_000_000_000_000_000L + words.number();
    }
    return words.takes("PXAT") ? words.number() : 0;
  }

  private void commit(Words words, ReplyWriter reply) {
    words.takes("DURABLE");
    boolean holds = true;
    List<Runnable> writes = new ArrayList<>();
    while (words.hasMore()) {
      String step = words.text();
      TreeMap<byte[], Held> space = space(words.text());
      byte[] key = words.bytes();
      switch (step) {
        case "IF" -> {
          Held held = space.get(key);
          holds &= words.number() == (held == null ? 0 : held.version);
        }
        case "SET" -> {
          byte[] value = words.bytes();
          long expires = expiry(words, space.get(key));
          writes.add(() -> put(space, key, value, expires));
        }
        default -> writes.add(() -> space.remove(key));
      }
    }
    if (holds) {
      writes.forEach(Runnable::run);
      reply.writeInteger(++lastVersion);
    } else {
      reply.writeNull();
    }
  }

  private static void value(ReplyWriter reply, Held held) {
    if (held == null) {
      reply.writeNull();
    } else {
      reply.writeBulk(held.value);
    }
  }

  private static void triple(ReplyWriter reply, Held held) {
    if (held == null) {
      reply.writeNull();
    } else {
      reply.writeArrayHeader(3);
      reply.writeBulk(held.value);
      reply.writeInteger(held.version);
      reply.writeInteger(held.expires);
    }
  }

  private static void version(ReplyWriter reply, long version) {
    if (version == 0) {
      reply.writeNull();
    } else {
      reply.writeInteger(version);
    }
  }

  private static void random(ReplyWriter reply, TreeMap<byte[], Held> space) {
    if (space.isEmpty()) {
      reply.writeNull();
    } else {
      reply.writeBulk(space.firstKey());
    }
  }
}
