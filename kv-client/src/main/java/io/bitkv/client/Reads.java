package io.bitkv.client;

import io.bitkv.api.Expiry;
import io.bitkv.api.KeyRef;
import io.bitkv.api.Versioned;
import io.bitkv.codec.resp.CommandHeader;
import io.bitkv.codec.resp.ProtocolException;
import io.bitkv.codec.resp.Reply;
import io.bitkv.codec.resp.RequestWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Requests that read single keys. */
final class Reads {

  private static final CommandHeader GET = CommandHeader.of(1, "GET");
  private static final CommandHeader KV_GET = CommandHeader.of(2, "KV.GET");
  private static final CommandHeader PEXPIRETIME = CommandHeader.of(1, "PEXPIRETIME");
  private static final CommandHeader EXISTS = CommandHeader.of(1, "EXISTS");
  private static final CommandHeader KV_EXISTS = CommandHeader.of(2, "KV.EXISTS");
  private static final Request.Reader<Optional<byte[]>> BARE = (reply, server) -> optional(reply, Reads::bytes);
  private static final Request.Reader<Optional<byte[]>> VERSIONED = (reply, server) -> optional(reply, triple -> versioned(triple).value());
  private static final Whole SIZE = new Whole(CommandHeader.of(0, "DBSIZE"), CommandHeader.of(1, "KV.SIZE"));
  private static final Whole RANDOM = new Whole(CommandHeader.of(0, "RANDOMKEY"), CommandHeader.of(1, "KV.RANDOM"));

  /** A command about a whole keyspace, in both dialects. */
  private record Whole(CommandHeader redis, CommandHeader kv) {}

  private Reads() {}

  static Request<Optional<byte[]>> get(Space space, byte[] key) {
    return Request.read(
        "GET",
        (output, server) -> {
          if (space.isReachedByRedisCommands(server)) {
            output.begin(GET);
          } else {
            output.begin(KV_GET);
            output.argument(space.name());
          }
          output.argument(key);
          return 1;
        },
        space.isSelected() ? BARE : VERSIONED);
  }

  /** Reads a value with its version and expiry; from a server without the KV commands, in two steps and without a version. */
  static Request<Optional<Versioned<byte[]>>> getVersioned(Space space, byte[] key) {
    return Request.read(
        "KV.GET",
        (output, server) -> {
          if (!server.hasKvCommands()) {
            space.requireSelected(server);
            output.begin(GET);
            output.argument(key);
            output.begin(PEXPIRETIME);
            output.argument(key);
            return 2;
          }
          output.begin(KV_GET);
          argument(output, space, key);
          return 1;
        },
        (reply, server) -> {
          if (server.hasKvCommands()) {
            return optional(reply, Reads::versioned);
          }
          List<Reply> parts = list(reply, 2, part -> part);
          return unversioned(parts.get(0), parts.get(1));
        });
  }

  static Request<List<Optional<byte[]>>> getAll(Space space, List<byte[]> keys) {
    return Request.read(
        "MGET",
        (output, server) -> {
          if (space.isReachedByRedisCommands(server)) {
            output.begin(1 + keys.size());
            output.argument("MGET");
            keys.forEach(output::argument);
          } else {
            output.begin(1 + 2 * keys.size());
            output.argument("KV.MGET");
            keys.forEach(key -> argument(output, space, key));
          }
          return 1;
        },
        (reply, server) ->
            list(
                reply,
                keys.size(),
                each -> space.isSelected() ? optional(each, Reads::bytes) : optional(each, triple -> versioned(triple).value())));
  }

  /** Reads several values with their versions and expiries; from a server without the KV commands, without versions. */
  static Request<List<Optional<Versioned<byte[]>>>> getAllVersioned(Space space, List<byte[]> keys) {
    return Request.read(
        "MGET",
        (output, server) -> {
          if (!server.hasKvCommands()) {
            space.requireSelected(server);
            return RedisScans.writeValues(output, keys);
          }
          output.begin(1 + 2 * keys.size());
          output.argument("KV.MGET");
          keys.forEach(key -> argument(output, space, key));
          return 1;
        },
        (reply, server) ->
            server.hasKvCommands()
                ? list(reply, keys.size(), each -> optional(each, Reads::versioned))
                : RedisScans.values(reply, keys.size()));
  }

  /** Reads several keys of any keyspaces at one moment. */
  static Request<List<Optional<Versioned<byte[]>>>> snapshot(List<KeyRef> refs, Function<KeyRef, Space> spaces) {
    return Request.read(
        "KV.MGET",
        (output, server) -> {
          server.requireKvCommands("transactions");
          output.begin(1 + 2 * refs.size());
          output.argument("KV.MGET");
          refs.forEach(ref -> argument(output, spaces.apply(ref), ref.key()));
          return 1;
        },
        (reply, server) -> list(reply, refs.size(), each -> optional(each, Reads::versioned)));
  }

  static Request<Boolean> contains(Space space, byte[] key) {
    return Request.read(
        "EXISTS",
        (output, server) -> {
          if (space.isReachedByRedisCommands(server)) {
            output.begin(EXISTS);
          } else {
            output.begin(KV_EXISTS);
            output.argument(space.name());
          }
          output.argument(key);
          return 1;
        },
        (reply, server) -> reply.asBoolean());
  }

  static Request<Long> size(Space space) {
    return Request.read("DBSIZE", (output, server) -> ofSpace(output, space, server, SIZE), (reply, server) -> reply.asLong());
  }

  static Request<Optional<byte[]>> randomKey(Space space) {
    return Request.read(
        "RANDOMKEY",
        (output, server) -> ofSpace(output, space, server, RANDOM),
        (reply, server) -> optional(reply, Reads::bytes));
  }

  /** Writes a request that has no argument but the keyspace. */
  private static int ofSpace(RequestWriter output, Space space, ServerInfo server, Whole command) {
    if (space.isReachedByRedisCommands(server)) {
      output.begin(command.redis);
    } else {
      output.begin(command.kv);
      output.argument(space.name());
    }
    return 1;
  }

  /** Writes a key with its keyspace before it. */
  static void argument(RequestWriter output, Space space, byte[] key) {
    output.argument(space.name());
    output.argument(key);
  }

  static <T> Optional<T> optional(Reply reply, Function<Reply, T> present) {
    return reply.isNull() ? Optional.empty() : Optional.of(present.apply(reply));
  }

  /** The bytes of a key or a value; a simple string is neither, but a status. */
  static byte[] bytes(Reply reply) {
    if (reply instanceof Reply.SimpleString) {
      throw new ProtocolException("expected a key or a value, found " + reply.type());
    }
    return reply.asBytes();
  }

  /** An array of a known length. */
  static <T> List<T> list(Reply reply, int size, Function<Reply, T> element) {
    List<Reply> elements = reply.asList();
    if (elements.size() != size) {
      throw new ProtocolException("expected " + size + " elements, found " + elements.size());
    }
    return elements.stream().map(element).toList();
  }

  /** A value as Redis tells it, and when it expires. */
  static Optional<Versioned<byte[]>> unversioned(Reply value, Reply expiresAt) {
    long expiry = Math.max(Expiry.NONE, expiresAt.asLong());
    return optional(value, present -> new Versioned<>(bytes(present), Writes.NO_VERSION, expiry));
  }

  /** A value with its version and expiry. */
  private static Versioned<byte[]> versioned(Reply reply) {
    List<Reply> parts = list(reply, 3, part -> part);
    return new Versioned<>(bytes(parts.get(0)), parts.get(1).asLong(), parts.get(2).asLong());
  }
}
