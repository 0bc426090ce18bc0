package io.bitkv.codec.resp;

import io.bitkv.codec.resp.Reply.ArrayReply;
import io.bitkv.codec.resp.Reply.BigNumber;
import io.bitkv.codec.resp.Reply.BooleanReply;
import io.bitkv.codec.resp.Reply.Bulk;
import io.bitkv.codec.resp.Reply.DoubleReply;
import io.bitkv.codec.resp.Reply.ErrorReply;
import io.bitkv.codec.resp.Reply.IntegerReply;
import io.bitkv.codec.resp.Reply.MapReply;
import io.bitkv.codec.resp.Reply.Null;
import io.bitkv.codec.resp.Reply.Push;
import io.bitkv.codec.resp.Reply.SetReply;
import io.bitkv.codec.resp.Reply.SimpleString;
import io.bitkv.codec.resp.Reply.Verbatim;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the accessors of {@link Reply} take for what: the reverse of how {@link ReplyWriter} writes
 * the types that version 2 lacks.
 */
final class ReplyConversions {
  private ReplyConversions() {}

  static ReplyType type(Reply reply) {
    return switch (reply) {
      case SimpleString string -> ReplyType.SIMPLE_STRING;
      case ErrorReply error -> ReplyType.ERROR;
      case IntegerReply integer -> ReplyType.INTEGER;
      case Bulk bulk -> ReplyType.BULK;
      case Null absent -> ReplyType.NULL;
      case ArrayReply array -> ReplyType.ARRAY;
      case MapReply map -> ReplyType.MAP;
      case SetReply set -> ReplyType.SET;
      case Push push -> ReplyType.PUSH;
      case DoubleReply number -> ReplyType.DOUBLE;
      case BooleanReply truth -> ReplyType.BOOLEAN;
      case BigNumber number -> ReplyType.BIG_NUMBER;
      case Verbatim verbatim -> ReplyType.VERBATIM;
    };
  }

  static long toLong(Reply reply) {
    return switch (reply) {
      case IntegerReply integer -> integer.value();
      case BooleanReply truth -> truth.value() ? 1 : 0;
      default -> throw unexpected(ReplyType.INTEGER, reply.type());
    };
  }

  static boolean toBoolean(Reply reply) {
    return switch (reply) {
      case BooleanReply truth -> truth.value();
      case IntegerReply integer when (integer.value() & ~1) == 0 -> integer.value() == 1;
      case IntegerReply integer ->
          throw new ProtocolException("expected a boolean, got the integer " + integer.value());
      default -> throw unexpected(ReplyType.BOOLEAN, reply.type());
    };
  }

  static double toDouble(Reply reply) {
    return switch (reply) {
      case DoubleReply number -> number.value();
      case IntegerReply integer -> integer.value();
      case SimpleString string -> parseDouble(string);
      case Bulk bulk -> parseDouble(bulk);
      default -> throw unexpected(ReplyType.DOUBLE, reply.type());
    };
  }

  static byte[] toBytes(Reply reply) {
    return switch (reply) {
      case Bulk bulk -> bulk.bytes();
      case Verbatim verbatim -> verbatim.text().getBytes(StandardCharsets.UTF_8);
      case SimpleString string -> string.text().getBytes(StandardCharsets.UTF_8);
      default -> throw unexpected(ReplyType.BULK, reply.type());
    };
  }

  static String toText(Reply reply) {
    return switch (reply) {
      case SimpleString string -> string.text();
      case Verbatim verbatim -> verbatim.text();
      case Bulk bulk -> new String(bulk.bytes(), StandardCharsets.UTF_8);
      default -> throw unexpected(ReplyType.BULK, reply.type());
    };
  }

  static List<Reply> toList(Reply reply) {
    return switch (reply) {
      case ArrayReply array -> array.elements();
      case SetReply set -> set.elements();
      case Push push -> push.elements();
      default -> throw unexpected(ReplyType.ARRAY, reply.type());
    };
  }

  static Map<String, Reply> toMap(Reply reply) {
    Map<String, Reply> map = new LinkedHashMap<>();
    switch (reply) {
      case MapReply pairs ->
          pairs.entries().forEach(pair -> map.put(toText(pair.getKey()), pair.getValue()));
      case ArrayReply(List<Reply> flat) when flat.size() % 2 == 0 -> {
        for (int i = 0; i < flat.size(); i += 2) {
          map.put(toText(flat.get(i)), flat.get(i + 1));
        }
      }
      case ArrayReply(List<Reply> flat) ->
          throw new ProtocolException("expected a map, got an array of " + flat.size());
      default -> throw unexpected(ReplyType.MAP, reply.type());
    }
    return Collections.unmodifiableMap(map);
  }

  /** The error of a reply that is of another type than its reader can take. */
  static ProtocolException unexpected(ReplyType wanted, ReplyType got) {
    return new ProtocolException("expected " + wanted + ", got " + got);
  }

  private static double parseDouble(Reply string) {
    try {
      return RespNumbers.parseDouble(toText(string));
    } catch (NumberFormatException e) {
      throw new ProtocolException("expected a double, got a string that holds no number");
    }
  }
}
