package io.bitkv.bench.micro;

import io.bitkv.codec.resp.ByteArrayOutput;
import io.bitkv.codec.resp.ReplyLimits;
import io.bitkv.codec.resp.ReplyParser;
import io.bitkv.codec.resp.ReplyWriter;
import io.bitkv.codec.resp.RequestLimits;
import io.bitkv.codec.resp.RequestParser;
import io.bitkv.codec.resp.RequestWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The Redis protocol on both sides: 16 requests or replies at once, as a pipeline brings them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RespBenchmark {

  private static final int COUNT = 16;
  private static final int CAPACITY = 64 << 10;
  private static final byte[] SET = "SET".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] KEY = "key:000000000001".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VALUE = new byte[100];

  private final ByteArrayOutput output = new ByteArrayOutput(CAPACITY);
  private final RequestWriter requestWriter = new RequestWriter(output);
  private final ReplyWriter replyWriter = new ReplyWriter(output);
  private final RequestParser requestParser = new RequestParser(RequestLimits.DEFAULT);
  private final ReplyParser replyParser = new ReplyParser(ReplyLimits.DEFAULT);
  private byte[] requests;
  private byte[] replies;

  /** Makes the benchmark; JMH does. */
  public RespBenchmark() {}

  /** Writes what is parsed later. */
  @Setup(Level.Trial)
  public void prepare() {
    requestParser.authenticationRequired(false);
    writeRequests();
    requests = Arrays.copyOf(output.array(), output.position());
    writeReplies();
    replies = Arrays.copyOf(output.array(), output.position());
  }

  /**
   * Writes requests to store values, as a client does.
   *
   * @return how many bytes
   */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public int writeRequests() {
    output.position(0);
    for (int i = 0; i < COUNT; i++) {
      requestWriter.begin(3);
      requestWriter.argument(SET);
      requestWriter.argument(KEY);
      requestWriter.argument(VALUE);
    }
    return output.position();
  }

  /**
   * Parses requests to store values, as a server does.
   *
   * @return the lengths of their keys, added up
   */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public int parseRequests() {
    int from = 0;
    int sum = 0;
    while (requestParser.parse(requests, from, requests.length)) {
      sum += requestParser.length(1);
      from = requestParser.next();
    }
    return sum;
  }

  /**
   * Writes values as replies, as a server does.
   *
   * @return how many bytes
   */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public int writeReplies() {
    output.position(0);
    for (int i = 0; i < COUNT; i++) {
      replyWriter.writeBulk(VALUE, 0, VALUE.length);
    }
    return output.position();
  }

  /**
   * Parses values from replies, as a client does: each in an array of its own.
   *
   * @return their lengths, added up
   */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public int parseReplies() {
    int from = 0;
    int sum = 0;
    while (replyParser.parse(replies, from, replies.length)) {
      sum += replyParser.bulk().length;
      from = replyParser.next();
    }
    return sum;
  }
}
