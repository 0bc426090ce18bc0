package io.bitkv.client;

import io.bitkv.codec.resp.ByteArrayOutput;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sending half of a connection. Callers write their requests one after the other into a buffer; whoever finds nobody sending sends
 * it, and with it whatever others add meanwhile. Nobody waits for the channel: when it takes no more, the connection goes on sending once
 * it does.
 *
 * <p>The lock guards every field, and the order: requests are queued in the order of their bytes. It is held to copy bytes, never for
 * input or output.
 */
final class Outgoing {

  /** The most bytes handed to the channel at once: it copies them to memory of its own, of that size. */
  private static final int SLICE_BYTES = 128 << 10;

  /** How many buffers one caller sends for others before the connection's own thread takes over. */
  private static final int ROUNDS = 16;

  private final ReentrantLock lock = new ReentrantLock();
  private final Connection connection;
  private final Wire wire;
  private final CallQueue queue;
  private final int maxBytes;
  private RequestBuffer filling = RequestBuffer.empty();
  private RequestBuffer sending = RequestBuffer.empty();

  /** How many bytes of {@link #sending} the channel has taken; used by whoever sends. */
  private int taken;

  /** The stream's length up to the end of {@link #filling}, and as far as bytes were handed to the channel. */
  private long length;

  private long handedOver;
  private boolean isSending;

  /** Whether a virtual thread will claim the task of sending soon. */
  private boolean isPromised;

  private boolean isClosed;
  private boolean isStopped;

  Outgoing(Connection connection, Wire wire, CallQueue queue, int maxBytes) {
    this.connection = connection;
    this.wire = wire;
    this.queue = queue;
    this.maxBytes = maxBytes;
  }

  /**
   * Writes a request and queues its call.
   *
   * @throws RuntimeException what the request's writer throws; nothing was added then
   */
  Added add(Call<?> call) {
    lock.lock();
    try {
      Added refused = refusal(1);
      if (refused != null) {
        return refused;
      }
      write(call);
      return isSending || !canWaitForOthers(call) ? claim() : promise();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether a call's sending may wait until the virtual threads that are ready to run have had their turn. As a rule one read has
   * brought the replies of many; they all go on together, and their next requests then leave in one write instead of one each. A call alone
   * on its connection does not wait, and no platform thread's call is left to a virtual thread, whose turn may come late.
   */
  private boolean canWaitForOthers(Call<?> call) {
    Thread waiter = call.waiter();
    return waiter == Thread.currentThread() && waiter.isVirtual() && queue.size() > 1 && !filling.isPlenty();
  }

  private Added promise() {
    if (isPromised) {
      return Added.QUEUED;
    }
    isPromised = true;
    return Added.PROMISED;
  }

  /** Lets other virtual threads run, then takes the task of sending that was promised; false if others have sent, or are sending. */
  boolean claimPromised() {
    Thread.yield();
    lock.lock();
    try {
      isPromised = false;
      return filling.length() > 0 && claim() == Added.SEND;
    } finally {
      lock.unlock();
    }
  }

  /** Writes several requests that are sent together; one that cannot be written fails by itself. */
  Added addAll(List<? extends Call<?>> calls) {
    lock.lock();
    try {
      Added refused = refusal(calls.size());
      if (refused != null) {
        return refused;
      }
      for (Call<?> call : calls) {
        try {
          write(call);
        } catch (RuntimeException e) {
          call.fail(null, () -> e);
        }
      }
      return claim();
    } finally {
      lock.unlock();
    }
  }

  private Added refusal(int calls) {
    if (isClosed || isStopped) {
      return Added.CLOSED;
    }
    return queue.room() < calls || length - handedOver > maxBytes ? Added.FULL : null;
  }

  private void write(Call<?> call) {
    int start = filling.length();
    int replies = filling.write(call.request(), connection.server());
    long end = length + filling.length() - start;
    if (call.put(new Call.Place(connection, end), replies)) {
      queue.add(call);
      length = end;
    } else {
      filling.bytes().position(start);
    }
  }

  private Added claim() {
    if (isSending) {
      return Added.QUEUED;
    }
    isSending = true;
    return Added.SEND;
  }

  /**
   * Sends until nothing is left or the channel takes no more; only for whoever was told to.
   *
   * @return whether nothing is left; if not, the caller still has the task, and must pass it on
   */
  boolean send() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      if (!sendBuffer() || !wire.flush()) {
        return false;
      }
      if (!nextBuffer()) {
        return true;
      }
    }
    return false;
  }

  /** Sends the rest of the buffer; false if the channel takes no more. */
  private boolean sendBuffer() throws IOException {
    ByteArrayOutput bytes = sending.bytes();
    while (taken < bytes.position()) {
      int slice = Math.min(SLICE_BYTES, bytes.position() - taken);
      if (!handOver(slice)) {
        return true;
      }
      int written = wire.write(bytes.array(), taken, slice);
      taken += written;
      if (written < slice) {
        handOver(written - slice);
        return false;
      }
    }
    return true;
  }

  /** Counts bytes as handed to the channel, before they are; refuses once nothing more is to be sent. */
  private boolean handOver(int bytes) {
    lock.lock();
    try {
      if (isStopped) {
        return false;
      }
      handedOver += bytes;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes what was written meanwhile; gives the task of sending back when there is nothing. */
  private boolean nextBuffer() {
    lock.lock();
    try {
      if (filling.length() == 0 || isStopped) {
        isSending = false;
        return false;
      }
      RequestBuffer sent = sending;
      sending = filling;
      taken = 0;
      filling = sent.emptied();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Stops: no more bytes are handed to the channel, and no requests are taken. */
  void stop() {
    lock.lock();
    try {
      isStopped = true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more requests, but sends those it has. */
  void close() {
    lock.lock();
    try {
      isClosed = true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a call's last byte may have reached the server: only then can the server have carried it out. */
  boolean mayBeSent(Call.Place place) {
    lock.lock();
    try {
      return place.end() <= handedOver;
    } finally {
      lock.unlock();
    }
  }
}
