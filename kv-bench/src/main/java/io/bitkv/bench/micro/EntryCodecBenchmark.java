package io.bitkv.bench.micro;

import io.bitkv.codec.entry.EntryCodec;
import io.bitkv.codec.entry.EntryHeader;
import io.bitkv.codec.entry.EntryKind;
import io.bitkv.codec.entry.SegmentHeader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The codec of entries: what the checksums and the header of one entry cost. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EntryCodecBenchmark {

  private static final int KEY_BYTES = 16;
  private static final long OFFSET = 1 << 20;
  private static final long TIME = 1_700_000_000_000L;

  /** How long the value is. */
  @Param({"100", "1024"})
  public int valueBytes;

  private final EntryHeader header = new EntryHeader();
  private final byte[] key = new byte[KEY_BYTES];
  private EntryCodec codec;
  private byte[] value;
  private byte[] entry;

  /** Makes the benchmark; JMH does. */
  public EntryCodecBenchmark() {}

  /** Encodes an entry that is parsed later. */
  @Setup(Level.Trial)
  public void prepare() {
    codec = new EntryCodec(new SegmentHeader(1, 7, 1, TIME, SegmentHeader.Origin.values()[0]));
    value = new byte[valueBytes];
    entry = new byte[(int) EntryCodec.maxLength(KEY_BYTES, valueBytes)];
    int length = encode();
    System.arraycopy(key, 0, entry, length, KEY_BYTES);
    System.arraycopy(value, 0, entry, length + KEY_BYTES, valueBytes);
  }

  /**
   * Hashes key and value, and encodes the header.
   *
   * @return its length
   */
  @Benchmark
  public int encode() {
    header.begin(EntryKind.PUT, 0).key(key, 0, KEY_BYTES).value(value, 0, valueBytes);
    header.timestamp(TIME).sequence(100_000).watermark(OFFSET - 1000);
    return codec.encode(header, OFFSET, entry, 0);
  }

  /**
   * Parses the header, and checks the entry against its checksum.
   *
   * @return whether it is sound, which it is
   */
  @Benchmark
  public boolean parseAndVerify() {
    EntryHeader.Status status = codec.parse(header.at(OFFSET, 2 * OFFSET), entry, 0, entry.length);
    return status == EntryHeader.Status.WHOLE && header.verify(entry, header.headerLength());
  }
}
