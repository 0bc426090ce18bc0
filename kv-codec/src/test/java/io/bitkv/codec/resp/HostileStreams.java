package io.bitkv.codec.resp;

import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Streams that get far into a parser: frames and parts of them, in and out of place. */
final class HostileStreams {
  private HostileStreams() {}

  /** Streams of whole frames and lines mostly, some scraps, and now and then any byte. */
  static Arbitrary<byte[]> of(List<String> frames, List<String> scraps) {
    Arbitrary<String> pieces =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.of(frames)),
            Tuple.of(1, Arbitraries.of(scraps)),
            Tuple.of(1, Arbitraries.chars().range('\0', '\u00ff').map(String::valueOf)));
    return pieces.list().ofMaxSize(25).map(list -> Wire.bytes(String.join("", list)));
  }

  /** Sizes of the pieces a stream is cut into: tiny ones, and larger ones. */
  static IntUnaryOperator pieces(long seed) {
    Random random = new Random(seed);
    return left -> 1 + random.nextInt(random.nextBoolean() ? 3 : 60);
  }
}
