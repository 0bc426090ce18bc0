package io.bitkv.codec.resp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An array, map, set, push or attributes whose values have not all arrived. */
final class ReplyFrame {
  /** What a frame makes room for at first, whatever number of values it was announced with. */
  private static final int FIRST_CAPACITY = 16;

  private final byte marker;
  private final int size;
  private final ReplyFrame parent;
  private final int depth;
  private final List<Reply> values;

  /**
   * Opens a frame.
   *
   * @param marker the byte its line began with
   * @param size how many values it has
   * @param parent the frame it is a value of, or null
   */
  ReplyFrame(byte marker, int size, ReplyFrame parent) {
    this.marker = marker;
    this.size = size;
    this.parent = parent;
    this.depth = parent == null ? 1 : parent.depth + 1;
    this.values = new ArrayList<>(Math.min(size, FIRST_CAPACITY));
  }

  ReplyFrame parent() {
    return parent;
  }

  /** How many frames are open with this one. */
  int depth() {
    return depth;
  }

  boolean isFull() {
    return values.size() == size;
  }

  boolean isAttributes() {
    return marker == '|';
  }

  void add(Reply value) {
    values.add(value);
  }

  /** The value a full frame stands for. */
  Reply build() {
    return switch (marker) {
      case '*' -> new Reply.ArrayReply(values);
      case '~' -> new Reply.SetReply(values);
      case '>' -> new Reply.Push(values);
      default -> new Reply.MapReply(pairs());
    };
  }

  private List<Map.Entry<Reply, Reply>> pairs() {
    List<Map.Entry<Reply, Reply>> pairs = new ArrayList<>(size / 2);
    for (int i = 0; i < size; i += 2) {
      pairs.add(Map.entry(values.get(i), values.get(i + 1)));
    }
    return pairs;
  }
}
