package io.bitkv.client;

import io.bitkv.codec.resp.ProtocolException;
import io.bitkv.codec.resp.Reply;
import io.bitkv.codec.resp.Reply.ErrorReply;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A connection that many callers share: their requests go out in one stream, and the replies come back in the same order.
 *
 * <p>A connection that failed hands all its calls back, and each is told whether it may have been sent. After a call's time-out a
 * connection is retired: it takes no new requests, and ends when nobody waits for it any more. So replies can never be taken for those of
 * other requests, and a connection that hangs is soon replaced.
 */
final class Connection {

  /** Is told of the calls of a connection that did not simply succeed. */
  interface Owner {

    /** Takes a call that the server refused. */
    void refused(Call<?> call, ErrorReply error);

    /** Takes a call that was at a place of the connection when that ended. */
    void lost(Call<?> call, Call.Place place, Throwable cause);
  }

  private final Link link;
  private final Owner owner;
  private final Tracker tracker;
  private final CallQueue queue;
  private final Outgoing outgoing;
  private final Incoming incoming;
  private final Reading reading;
  private final Consumer<Reply> delivery = this::deliver;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean isSendingBlocked;
  private volatile boolean isRetired;

  /** Takes over an open link; the current thread becomes the connection's own, and must {@link #serve} it. */
  Connection(Link link, ClientOptions options, Owner owner, Tracker tracker) {
    this.link = link;
    this.owner = owner;
    this.tracker = tracker;
    this.queue = new CallQueue(options.maxPending());
    this.outgoing = new Outgoing(this, link.wire(), queue, options.maxUnsentBytes());
    this.incoming = new Incoming(link.wire());
    this.reading = new Reading(this, link.selector(), queue);
  }

  ServerInfo server() {
    return link.server();
  }

  String address() {
    return link.address();
  }

  /** How many calls await their replies. */
  int pending() {
    return queue.size();
  }

  boolean hasFailed() {
    return failure.get() != null;
  }

  /** Whether the connection's own thread has something to do beside reading. */
  boolean needsAttention() {
    return isSendingBlocked || hasFailed();
  }

  /** Whether bytes that were received wait, so that the channel need not be waited for. */
  boolean hasUnread() {
    return link.wire().hasUnread();
  }

  /** Sends a request, unless there is no room or the connection takes no more. */
  Added submit(Call<?> call) {
    return sent(outgoing.add(call), call.waiter());
  }

  /** Sends several requests at once; a thread that will read the replies itself is their waiter, else null. */
  Added submit(List<? extends Call<?>> calls, Thread waiter) {
    return sent(outgoing.addAll(calls), waiter);
  }

  private Added sent(Added added, Thread waiter) {
    if (added == Added.SEND || (added == Added.PROMISED && outgoing.claimPromised())) {
      send();
    }
    if (waiter != Thread.currentThread() || waiter.isVirtual()) {
      reading.ensure();
    }
    return added;
  }

  private void send() {
    try {
      if (!outgoing.send()) {
        isSendingBlocked = true;
        link.key().interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        reading.wake();
      }
    } catch (IOException | CancelledKeyException e) {
      fail(e);
    }
  }

  /** Lets the current thread read until its call has ended; false if somebody else reads. */
  boolean lead(Call<?> call) {
    return reading.lead(call);
  }

  /**
   * Reads until the connection ends, and then hands its calls back. Only for the connection's own thread.
   *
   * @return why it ended
   */
  Throwable serve() {
    reading.serve();
    outgoing.stop();
    reading.exclusively(
        () -> {
          link.close();
          for (Call<?> call = queue.poll(); call != null; call = queue.poll()) {
            Call.Place place = call.place();
            if (place != null) {
              owner.lost(call, place, failure.get());
            }
          }
        });
    return failure.get();
  }

  /** Shows each call in the queue. */
  void forEachCall(Consumer<Call<?>> action) {
    queue.forEach(action);
  }

  /** Does what the channel is ready for. */
  void ready(SelectionKey key) {
    try {
      if (key.isWritable() && isSendingBlocked) {
        isSendingBlocked = false;
        key.interestOps(SelectionKey.OP_READ);
        send();
      }
      if (key.isReadable()) {
        read();
      }
    } catch (CancelledKeyException e) {
      fail(e);
    }
  }

  /** Reads what has arrived. A failure of any kind ends the connection: where the next reply begins is not known then. */
  void read() {
    try {
      incoming.read(delivery);
    } catch (IOException | RuntimeException e) {
      fail(e);
    } catch (Error e) {
      fail(e);
      throw e;
    }
  }

  private void deliver(Reply reply) {
    if (reply instanceof Reply.Push push) {
      tracker.pushed(push);
      return;
    }
    Call<?> call = queue.peek();
    if (call == null) {
      throw new ProtocolException("a reply came that no request asked for");
    }
    Reply complete = call.take(reply);
    if (complete == null) {
      return;
    }
    queue.poll();
    if (complete instanceof ErrorReply error) {
      owner.refused(call, error);
    } else {
      succeed(call, complete);
    }
    if (isRetired) {
      endIfIdle();
    }
  }

  /** Ends a call with its reply. One that it cannot have may be another's: the connection ends then, before anybody can use it again. */
  private void succeed(Call<?> call, Reply reply) {
    try {
      call.succeed(reply);
    } catch (RuntimeException e) {
      fail(e);
      call.fail(call.place(), () -> Failures.unusableReply(call, e));
      throw e;
    }
  }

  /** Ends the connection: nothing more is sent or read. The first failure counts. */
  void fail(Throwable cause) {
    outgoing.stop();
    if (failure.compareAndSet(null, cause)) {
      tracker.unreliable();
      reading.wake();
    }
  }

  /** Takes no more requests, and ends once nobody waits for a reply, now or later. */
  void retire() {
    outgoing.close();
    isRetired = true;
    tracker.unreliable();
    endIfIdle();
  }

  private void endIfIdle() {
    if (!queue.isAwaitedBeside(null)) {
      fail(new IOException("the connection was retired"));
    }
  }

  /**
   * Keeps a call from being sent, by ending the connection, unless others wait for their replies on it.
   *
   * @return whether it certainly is not sent, and will not be
   */
  boolean giveUp(Call<?> call, Call.Place place) {
    if (queue.isAwaitedBeside(call)) {
      return false;
    }
    fail(new SocketTimeoutException("a call was not answered in time"));
    return !mayBeSent(place);
  }

  /** Whether a call's bytes may have reached the server. Once the connection has failed, that does not change any more. */
  boolean mayBeSent(Call.Place place) {
    return outgoing.mayBeSent(place);
  }
}
