package io.bitkv.codec.resp;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One value a server sent.
 *
 * <p>The accessors {@code asX} take what stands for an X under either protocol version, so a caller
 * need not know which one the connection speaks; for any other type they throw {@link
 * ProtocolException}. Whoever must tell the types apart switches over the records.
 *
 * <p>Immutable, but for the array of a {@link Bulk}, which is handed out as it is: whoever changes
 * it changes the reply.
 */
public sealed interface Reply {

  /**
   * A short text without line ends.
   *
   * @param text the text
   */
  record SimpleString(String text) implements Reply {
    /** The reply {@code OK}. */
    public static final SimpleString OK = new SimpleString("OK");
  }

  /**
   * What a server says when it refuses a request.
   *
   * @param code the first word, such as {@code ERR} or {@code WRONGTYPE}
   * @param message the rest, without the blank behind the code
   */
  record ErrorReply(String code, String message) implements Reply {
    /**
     * The whole error.
     *
     * @return the code, a blank and the message; the code alone if there is no message
     */
    public String text() {
      return message.isEmpty() ? code : code + ' ' + message;
    }
  }

  /**
   * A 64-bit signed integer.
   *
   * @param value the number
   */
  record IntegerReply(long value) implements Reply {}

  /**
   * Any bytes. Two of them are equal if their bytes are.
   *
   * @param bytes the array itself, not a copy
   */
  record Bulk(byte[] bytes) implements Reply {
    @Override
    public boolean equals(Object other) {
      return other instanceof Bulk bulk && Arrays.equals(bytes, bulk.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    /** The length alone: the bytes may be secret, or many. */
    @Override
    public String toString() {
      return "Bulk[" + bytes.length + " bytes]";
    }
  }

  /** The absence of a value. */
  record Null() implements Reply {
    /** The only null that parsers return. */
    public static final Null INSTANCE = new Null();
  }

  /**
   * Any values in order.
   *
   * @param elements the values
   */
  record ArrayReply(List<Reply> elements) implements Reply {
    /** Copies the list, unless it cannot be changed anyway. */
    public ArrayReply {
      elements = List.copyOf(elements);
    }
  }

  /**
   * Keys with their values, in the order they were sent.
   *
   * @param entries the pairs; whether a key comes twice is up to the server
   */
  record MapReply(List<Map.Entry<Reply, Reply>> entries) implements Reply {
    /** Copies the list, unless it cannot be changed anyway. */
    public MapReply {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Values whose order means nothing.
   *
   * @param elements the values in the order they were sent; whether one comes twice is up to the
   *     server
   */
  record SetReply(List<Reply> elements) implements Reply {
    /** Copies the list, unless it cannot be changed anyway. */
    public SetReply {
      elements = List.copyOf(elements);
    }
  }

  /**
   * A message that answers no request, such as one a channel published.
   *
   * @param elements the values, the kind of push first
   */
  record Push(List<Reply> elements) implements Reply {
    /** Copies the list, unless it cannot be changed anyway. */
    public Push {
      elements = List.copyOf(elements);
    }
  }

  /**
   * A 64-bit floating-point number.
   *
   * @param value the number, which may be infinite or no number
   */
  record DoubleReply(double value) implements Reply {}

  /**
   * True or false.
   *
   * @param value the value
   */
  record BooleanReply(boolean value) implements Reply {}

  /**
   * An integer of any size.
   *
   * @param value the number
   */
  record BigNumber(BigInteger value) implements Reply {}

  /**
   * A text with its format.
   *
   * @param format three letters: {@code txt} for plain text, {@code mkd} for Markdown
   * @param text the text
   */
  record Verbatim(String format, String text) implements Reply {}

  /**
   * The type of this value.
   *
   * @return the type
   */
  default ReplyType type() {
    return ReplyConversions.type(this);
  }

  /**
   * Whether this is the absence of a value.
   *
   * @return true for {@link Null}
   */
  default boolean isNull() {
    return this instanceof Null;
  }

  /**
   * An integer or a boolean as a number.
   *
   * @return the number; 1 for true, 0 for false
   * @throws ProtocolException if this is of another type
   */
  default long asLong() {
    return ReplyConversions.toLong(this);
  }

  /**
   * A boolean, or the integer 1 or 0.
   *
   * @return the value
   * @throws ProtocolException if this is of another type or another number
   */
  default boolean asBoolean() {
    return ReplyConversions.toBoolean(this);
  }

  /**
   * A double, an integer, or a string that holds a number.
   *
   * @return the number
   * @throws ProtocolException if this is of another type, or a string that holds no number
   */
  default double asDouble() {
    return ReplyConversions.toDouble(this);
  }

  /**
   * The bytes of a string of any of the three types.
   *
   * @return the array itself of a bulk string, else the text in UTF-8
   * @throws ProtocolException if this is of another type
   */
  default byte[] asBytes() {
    return ReplyConversions.toBytes(this);
  }

  /**
   * The text of a string of any of the three types.
   *
   * @return the text, its bytes taken as UTF-8
   * @throws ProtocolException if this is of another type
   */
  default String asString() {
    return ReplyConversions.toText(this);
  }

  /**
   * The values of an array, a set or a push.
   *
   * @return the values in the order they were sent
   * @throws ProtocolException if this is of another type
   */
  default List<Reply> asList() {
    return ReplyConversions.toList(this);
  }

  /**
   * A map whose keys are strings, or an array of such keys and their values in turn.
   *
   * @return the values by their keys, in the order they were sent; the last of those with the same
   *     key
   * @throws ProtocolException if this is of another type, or a key is, or the last key has no value
   */
  default Map<String, Reply> asMap() {
    return ReplyConversions.toMap(this);
  }
}
