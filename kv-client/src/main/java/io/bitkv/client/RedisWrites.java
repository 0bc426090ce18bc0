package io.bitkv.client;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.KeyRef;
import io.bitkv.api.Put;
import io.bitkv.api.WriteBatch;
import io.bitkv.codec.resp.CommandHeader;
import io.bitkv.codec.resp.ProtocolException;
import io.bitkv.codec.resp.Reply;
import io.bitkv.codec.resp.Reply.ErrorReply;
import io.bitkv.codec.resp.RequestWriter;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** Writes in Redis's own words, as far as they go. Each method returns how many replies there will be. */
final class RedisWrites {

  private static final CommandHeader MULTI = CommandHeader.of(0, "MULTI");
  private static final CommandHeader EXEC = CommandHeader.of(0, "EXEC");
  private static final CommandHeader DEL = CommandHeader.of(1, "DEL");
  private static final CommandHeader EXISTS = CommandHeader.of(1, "EXISTS");
  private static final CommandHeader PERSIST = CommandHeader.of(1, "PERSIST");
  private static final CommandHeader PEXPIRE = CommandHeader.of(2, "PEXPIRE");
  private static final CommandHeader PEXPIREAT = CommandHeader.of(2, "PEXPIREAT");
  private static final CommandHeader FLUSHDB = CommandHeader.of(0, "FLUSHDB");

  private RedisWrites() {}

  static int put(RequestWriter output, Space space, KvWrites.Entry entry, Put options, ServerInfo server) {
    space.requireSelected(server);
    if (options.isDurable()) {
      throw server.lacks("durability of single writes");
    }
    set(output, entry, condition(options.condition(), server), options.expiry());
    return 1;
  }

  /** Redis's word for a condition; empty for always. */
  private static String condition(Condition condition, ServerInfo server) {
    return switch (condition) {
      case Condition.Always always -> "";
      case Condition.IfAbsent absent -> "NX";
      case Condition.IfPresent present -> "XX";
      case Condition.IfVersion version -> throw server.lacks("writes under the condition of a version");
      case Condition.IfEquals equals -> throw server.lacks("writes under the condition of a value");
    };
  }

  private static void set(RequestWriter output, KvWrites.Entry entry, String condition, Expiry expiry) {
    output.begin(3 + (condition.isEmpty() ? 0 : 1) + KvWrites.words(expiry));
    output.argument("SET");
    output.argument(entry.key());
    output.argument(entry.value());
    if (!condition.isEmpty()) {
      output.argument(condition);
    }
    KvWrites.argument(output, expiry);
  }

  static int delete(RequestWriter output, Space space, byte[] key, Condition condition, ServerInfo server) {
    space.requireSelected(server);
    if (condition instanceof Condition.IfAbsent) {
      throw server.lacks("deletions under the condition that there is nothing to delete");
    }
    condition(condition, server);
    output.begin(DEL);
    output.argument(key);
    return 1;
  }

  /** Ends in one reply or, where Redis's command does not tell whether the key exists, in two, of which the first does. */
  static int expire(RequestWriter output, Space space, byte[] key, Expiry expiry, ServerInfo server) {
    space.requireSelected(server);
    switch (expiry) {
      case Expiry.Never never -> {
        keyCommand(output, EXISTS, key);
        keyCommand(output, PERSIST, key);
        return 2;
      }
      case Expiry.Keep keep -> keyCommand(output, EXISTS, key);
      case Expiry.After after -> {
        keyCommand(output, PEXPIRE, key);
        output.argument(KvWrites.millis(after));
      }
      case Expiry.At at -> {
        keyCommand(output, PEXPIREAT, key);
        output.argument(at.epochMillis());
      }
    }
    return 1;
  }

  private static void keyCommand(RequestWriter output, CommandHeader command, byte[] key) {
    output.begin(command);
    output.argument(key);
  }

  static int clear(RequestWriter output, Space space, ServerInfo server) {
    space.requireSelected(server);
    output.begin(FLUSHDB);
    return 1;
  }

  static int commit(RequestWriter output, Writes.Commit commit, Function<KeyRef, Space> spaces, ServerInfo server) {
    if (!commit.checks().isEmpty()) {
      throw server.lacks("transactions that read");
    }
    if (commit.isDurable()) {
      throw server.lacks("durability of single batches");
    }
    output.begin(MULTI);
    for (WriteBatch.Write write : commit.writes()) {
      spaces.apply(write.ref()).requireSelected(server);
      if (write instanceof WriteBatch.PutWrite put) {
        set(output, new KvWrites.Entry(put.ref().key(), put.value()), "", put.expiry());
      } else {
        keyCommand(output, DEL, write.ref().key());
      }
    }
    output.begin(EXEC);
    return commit.writes().size() + 2;
  }

  /** Understands the replies to what {@link #commit} wrote. */
  static OptionalLong committed(Reply replies) {
    List<Reply> results = replies.asList().getLast().asList();
    for (Reply result : results) {
      if (result instanceof ErrorReply error) {
        throw new ProtocolException("a write of the batch failed while the others were applied: " + error.text());
      }
    }
    return OptionalLong.of(Writes.NO_VERSION);
  }
}
