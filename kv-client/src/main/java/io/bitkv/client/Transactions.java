package io.bitkv.client;

import io.bitkv.api.KeyRef;
import io.bitkv.api.NotSentException;
import io.bitkv.api.RejectedException;
import io.bitkv.api.Transaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Runs transactions until nobody else wrote their keys meanwhile, or the time is over. */
final class Transactions {

  /** Others' transactions take about as long as a few ways to the server, so waiting begins short. */
  private static final Backoff BACKOFF = Backoff.of(Duration.ofMillis(1), Duration.ofMillis(100));

  private final Caller caller;
  private final InstantSource clock;

  Transactions(Caller caller, InstantSource clock) {
    this.caller = caller;
    this.clock = clock;
  }

  /** Runs a body, again and again if need be; see {@link io.bitkv.api.KeyValueStore#atomically}. */
  <R> R run(Collection<KeyRef> keys, Function<? super Transaction, ? extends R> body) {
    long deadline = System.nanoTime() + caller.deadlineNanos();
    for (int attempt = 1; ; attempt++) {
      Caller inTime = new Caller(caller.calls(), deadline - System.nanoTime());
      RemoteTransaction transaction = new RemoteTransaction(inTime, clock, keys);
      R result;
      try {
        result = body.apply(transaction);
      } finally {
        transaction.end();
      }
      Writes.Commit commit = transaction.commit();
      if (commit.writes().isEmpty() || isApplied(inTime, commit, keys)) {
        return result;
      }
      pause(attempt, deadline);
    }
  }

  private static boolean isApplied(Caller caller, Writes.Commit commit, Collection<KeyRef> keys) {
    try {
      return caller.run(Writes.commit(commit, ref -> caller.space(ref.keyspace()))).isPresent();
    } finally {
      caller.touched(keys);
    }
  }

  private static void pause(int attempt, long deadline) {
    long end = System.nanoTime() + BACKOFF.delayNanos(attempt);
    if (end - deadline >= 0) {
      throw new RejectedException("CONFLICT", "others wrote the transaction's keys each of the " + attempt + " times it was tried");
    }
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        throw new NotSentException("the transaction was given up after a conflict: the thread was interrupted");
      }
    }
  }
}
