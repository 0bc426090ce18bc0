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
 * <p>The stages end after {@link #flush} or {@link #close} at the latest; what depends on a stage may run a little after that, and who looks
 * at none does not learn of failures. A long pipeline is sent in pieces as it is collected, and adding to it waits while too many of its calls
 * are under way. Used by one thread.
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
    collector.send(null);
  }

  /** Sends what was collected, and waits until every call of this pipeline has ended, whether well or not. */
  @Override
  public void close() {
    collector.send(Thread.currentThread());
    collector.awaitAll();
  }

  /** Holds calls back, and sends them piece by piece. */
  private static final class Collector implements Sender {

    /** After so many calls they are sent, so that the server works on them while the next are collected. */
    private static final int PIECE = 128;

    /** How many pieces may be under way. */
    private static final int PIECES = 64;

    private final Caller caller;
    private final Deque<List<Call<?>>> sent = new ArrayDeque<>();
    private List<Call<?>> held = new ArrayList<>();
    private Connection connection;

    Collector(Caller caller) {
      this.caller = caller;
    }

    @Override
    public <R> CompletableFuture<R> promise(Request<R> request) {
      if (held.size() == PIECE) {
        // Waking the connection's own thread to read would take as long as collecting more.
        send(Thread.currentThread());
        while (sent.size() > PIECES) {
          caller.calls().awaitAll(sent.removeFirst());
        }
      }
      Call<R> call = Call.promised(request, caller.deadlineNanos());
      held.add(call);
      return call.future();
    }

    /** Sends what is held; a thread that will wait for the replies at once reads them itself. */
    void send(Thread waiter) {
      if (!held.isEmpty()) {
        connection = caller.calls().startAll(held, waiter, connection);
        sent.add(held);
        held = new ArrayList<>();
      }
    }

    void awaitAll() {
      // When the last piece has been answered the others have, as a rule, so that this thread takes the reading role once.
      while (!sent.isEmpty()) {
        caller.calls().awaitAll(sent.removeLast());
      }
    }
  }
}
