package io.bitkv.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Collects calls and sends them together, in their order, on one connection; made by {@link KvClient#pipeline}. Unlike a {@link
 * io.bitkv.api.WriteBatch} it is no single step: each call succeeds or fails by itself, and others' calls may fall in between.
 *
 * {@snippet file="io/bitkv/client/SnippetsTest.java" region="pipeline"}
 *
 * <p>The stages end after {@link #flush} or {@link #close}; who does not look at them does not learn of failures. A long pipeline is sent
 * in pieces as it is collected, and adding to it waits while too many of its calls are under way. What depends on a stage may run a little after that. Used by one thread.
 */
public final class Pipeline extends RemoteAsyncStore implements AutoCloseable {

  private final Collector collector;

  Pipeline(Caller caller) {
    this(caller, new Collector(caller));
  }

  private Pipeline(Caller caller, Collector collector) {
    super(caller.caching(collector, false), caller::space);
    this.collector = collector;
  }

  /** Sends what was collected, and does not wait for replies. */
  public void flush() {
    collector.flush();
  }

  /** Sends what was collected, and waits until every call of this pipeline has ended, whether well or not. */
  @Override
  public void close() {
    collector.flush();
    collector.awaitAll();
  }

  /** Holds calls back, and sends them piece by piece. */
  private static final class Collector implements Sender {

    /** How many calls are sent at once. */
    private static final int PIECE = 1000;

    /** How many pieces may be under way. */
    private static final int PIECES = 8;

    private final Caller caller;
    private final Deque<List<Call<?>>> sent = new ArrayDeque<>();
    private List<Call<?>> held = new ArrayList<>();
    private Connection connection;

    Collector(Caller caller) {
      this.caller = caller;
    }

    @Override
    public <R> CompletableFuture<R> promise(Request<R> request) {
      Call<R> call = Call.promised(request, caller.deadlineNanos());
      held.add(call);
      if (held.size() == PIECE) {
        flush();
        while (sent.size() > PIECES) {
          await(sent.removeFirst());
        }
      }
      return call.future();
    }

    void flush() {
      if (!held.isEmpty()) {
        connection = caller.calls().startAll(held, connection);
        sent.add(held);
        held = new ArrayList<>();
      }
    }

    void awaitAll() {
      sent.forEach(Collector::await);
      sent.clear();
    }

    private static void await(List<Call<?>> piece) {
      CompletableFuture<?>[] ends = piece.stream().map(Call::future).toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(ends).exceptionally(failure -> null).join();
    }
  }
}
