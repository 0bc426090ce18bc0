package io.bitkv.client;

import io.bitkv.codec.resp.ByteArrayOutput;
import io.bitkv.codec.resp.ReplyWriter;
import io.bitkv.codec.resp.RespVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Answers those of Redis's string commands that the client uses, from a map in memory. Nothing expires in it by itself. */
final class FakeRedis implements FakeServer.Script {

  /** A value and when it expires, in milliseconds since 1970; -1 for never. */
  private record Held(String value, long expires) {}

  private final RespVersion version;
  private final TreeMap<String, Held> held = new TreeMap<>();
  private List<FakeServer.Asked> queued;

  FakeRedis(RespVersion version) {
    this.version = version;
  }

  @Override
  public synchronized void answer(FakeServer.Asked request, FakeServer.Client client) throws IOException {
    ByteArrayOutput output = new ByteArrayOutput(256);
    ReplyWriter reply = new ReplyWriter(output);
    reply.version(version);
    execute(request, reply);
    client.send(Arrays.copyOf(output.array(), output.position()));
  }

  /** Writes a value behind the clients' backs. */
  synchronized void put(String key, String value) {
    held.put(key, new Held(value, -1));
  }

  private void execute(FakeServer.Asked request, ReplyWriter reply) {
    switch (request.name()) {
      case "MULTI" -> {
        queued = new ArrayList<>();
        reply.writeOk();
      }
      case "EXEC" -> {
        List<FakeServer.Asked> transaction = queued;
        queued = null;
        reply.writeArrayHeader(transaction.size());
        transaction.forEach(each -> execute(each, reply));
      }
      default -> {
        if (queued == null) {
          command(request, reply);
        } else {
          queued.add(request);
          reply.writeSimpleString("QUEUED");
        }
      }
    }
  }

  private void command(FakeServer.Asked request, ReplyWriter reply) {
    switch (request.name()) {
      case "PING" -> reply.writeSimpleString("PONG");
      case "GET" -> value(reply, request.text(1));
      case "MGET" -> {
        reply.writeArrayHeader(request.words().size() - 1);
        for (int i = 1; i < request.words().size(); i++) {
          value(reply, request.text(i));
        }
      }
      case "SET" -> set(request, reply);
      case "DEL" -> reply.writeInteger(held.remove(request.text(1)) == null ? 0 : 1);
      case "EXISTS" -> reply.writeInteger(held.containsKey(request.text(1)) ? 1 : 0);
      case "PEXPIRETIME" -> reply.writeInteger(held.containsKey(request.text(1)) ? held.get(request.text(1)).expires : -2);
      case "PERSIST" -> expire(request, reply, -1);
      case "PEXPIRE", "PEXPIREAT" -> expire(request, reply, Long.parseLong(request.text(2)));
      case "DBSIZE" -> reply.writeInteger(held.size());
      case "RANDOMKEY" -> {
        if (held.isEmpty()) {
          reply.writeNull();
        } else {
          reply.writeBulk(held.firstKey());
        }
      }
      case "FLUSHDB" -> {
        held.clear();
        reply.writeOk();
      }
      case "SCAN" -> scan(request, reply);
      default -> reply.writeError("ERR unknown command '" + request.name() + "', with args beginning with: ");
    }
  }

  private void value(ReplyWriter reply, String key) {
    if (held.containsKey(key)) {
      reply.writeBulk(held.get(key).value);
    } else {
      reply.writeNull();
    }
  }

  private void set(FakeServer.Asked request, ReplyWriter reply) {
    String key = request.text(1);
    List<String> options = request.words().subList(3, request.words().size()).stream().map(word -> new String(word, StandardCharsets.UTF_8)).toList();
    if (options.contains("NX") && held.containsKey(key) || options.contains("XX") && !held.containsKey(key)) {
      reply.writeNull();
      return;
    }
    long expires = options.contains("KEEPTTL") && held.containsKey(key) ? held.get(key).expires : -1;
    if (options.contains("PX") || options.contains("PXAT")) {
      expires = Long.parseLong(options.getLast());
    }
    held.put(key, new Held(request.text(2), expires));
    reply.writeOk();
  }

  private void expire(FakeServer.Asked request, ReplyWriter reply, long expires) {
    Held found = held.get(request.text(1));
    if (found != null) {
      held.put(request.text(1), new Held(found.value, expires));
    }
    reply.writeInteger(found == null ? 0 : 1);
  }

  /** Visits two keys at a time; of a pattern it knows the prefix before the asterisk. */
  private void scan(FakeServer.Asked request, ReplyWriter reply) {
    int cursor = Integer.parseInt(request.text(1));
    String prefix = request.words().size() > 4 ? request.text(5).substring(0, request.text(5).length() - 1).replace("\\", "") : "";
    List<Map.Entry<String, Held>> visited = held.entrySet().stream().skip(cursor).limit(2).toList();
    List<String> met = visited.stream().map(Map.Entry::getKey).filter(key -> key.startsWith(prefix)).toList();
    reply.writeArrayHeader(2);
    reply.writeBulk(cursor + 2 < held.size() ? Integer.toString(cursor + 2) : "0");
    reply.writeArrayHeader(met.size());
    met.forEach(reply::writeBulk);
  }
}
