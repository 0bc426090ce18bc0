package io.bitkv.client;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyRef;
import io.bitkv.api.LimitExceededException;
import io.bitkv.api.Put;
import io.bitkv.api.WriteBatch;
import io.bitkv.codec.resp.ProtocolException;
import io.bitkv.codec.resp.Reply;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Requests that write. A server without the KV commands has no versions: {@value #NO_VERSION} stands for the version of what was written
 * there.
 */
final class Writes {

  /** The version that a write has on a server without versions. */
  static final long NO_VERSION = 0;

  /**
   * Writes that are one step, and what must hold for it.
   *
   * @param checks the versions that keys must have, 0 for keys that must not exist
   * @param writes the writes
   * @param isDurable whether it ends only after it is on stable storage
   */
  record Commit(List<Check> checks, List<WriteBatch.Write> writes, boolean isDurable) {}

  /**
   * A version that a key must have.
   *
   * @param ref the key
   * @param version its version; 0 for a key that must not exist
   */
  record Check(KeyRef ref, long version) {}

  private Writes() {}

  static Request<OptionalLong> put(Space space, byte[] key, byte[] value, Put options) {
    checkKey(key);
    checkValue(value);
    return Request.write(
        "SET",
        (output, server) ->
            server.hasKvCommands()
                ? KvWrites.put(output, space, new KvWrites.Entry(key, value), options)
                : RedisWrites.put(output, space, new KvWrites.Entry(key, value), options, server),
        Writes::version);
  }

  static Request<OptionalLong> delete(Space space, byte[] key, Condition condition) {
    return Request.write(
        "DEL",
        (output, server) ->
            server.hasKvCommands()
                ? KvWrites.delete(output, space, key, condition)
                : RedisWrites.delete(output, space, key, condition, server),
        Writes::version);
  }

  static Request<OptionalLong> expire(Space space, byte[] key, Expiry expiry) {
    return Request.write(
        "EXPIRE",
        (output, server) ->
            server.hasKvCommands() ? KvWrites.expire(output, space, key, expiry) : RedisWrites.expire(output, space, key, expiry, server),
        (reply, server) -> version(reply instanceof Reply.ArrayReply several ? several.elements().getFirst() : reply, server));
  }

  static Request<Long> clear(Space space) {
    return Request.write(
        "CLEAR",
        (output, server) -> server.hasKvCommands() ? KvWrites.clear(output, space) : RedisWrites.clear(output, space, server),
        (reply, server) -> server.hasKvCommands() ? reply.asLong() : NO_VERSION);
  }

  /** Applies writes as one step; empty when a check failed. */
  static Request<OptionalLong> commit(Commit commit, Function<KeyRef, Space> spaces) {
    for (WriteBatch.Write write : commit.writes()) {
      checkKey(write.ref().key());
      if (write instanceof WriteBatch.PutWrite put) {
        checkValue(put.value());
      }
    }
    return Request.write(
        "COMMIT",
        (output, server) ->
            server.hasKvCommands()
                ? KvWrites.commit(output, commit, spaces)
                : RedisWrites.commit(output, commit, spaces, server),
        (reply, server) -> server.hasKvCommands() ? version(reply, server) : RedisWrites.committed(reply));
  }

  /** A write that nothing can keep from being applied: a reply that says so cannot be understood. */
  static Request<Long> unconditional(Request<OptionalLong> write) {
    return Request.write(
        write.name(),
        write.writer(),
        (reply, server) ->
            write.reader().read(reply, server).orElseThrow(() -> new ProtocolException("a write without a condition was not applied")));
  }

  /** What a write's reply says: a version, or that nothing was written. */
  private static OptionalLong version(Reply reply, ServerInfo server) {
    return switch (reply) {
      case Reply.Null nothing -> OptionalLong.empty();
      case Reply.IntegerReply number when server.hasKvCommands() -> OptionalLong.of(number.value());
      case Reply.IntegerReply number -> number.value() == 0 ? OptionalLong.empty() : OptionalLong.of(NO_VERSION);
      case Reply.SimpleString ok when !server.hasKvCommands() -> OptionalLong.of(NO_VERSION);
      default -> throw new ProtocolException("expected a version, found " + reply.type());
    };
  }

  static void checkKey(byte[] key) {
    if (key.length > Keyspace.MAX_KEY_BYTES) {
      throw new LimitExceededException("a key has at most " + Keyspace.MAX_KEY_BYTES + " bytes, not " + key.length);
    }
  }

  static void checkValue(byte[] value) {
    if (value.length > Keyspace.MAX_VALUE_BYTES) {
      throw new LimitExceededException("a value has at most " + Keyspace.MAX_VALUE_BYTES + " bytes, not " + value.length);
    }
  }
}
