package io.bitkv.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayDeque;

/**
 * What a connection still has to send, in order. Replies whose writes are not yet on stable storage
 * wait here until they are; large ones are handed to the network in pieces, as fast as the client
 * takes them.
 *
 * <p>Used by the connection's event loop only.
 */
final class Outbound {

  private static final int PIECE_BYTES = 64 << 10;

  /** What a chunk takes beside its bytes, which tells when there are many small ones. */
  private static final int CHUNK_OVERHEAD_BYTES = 128;

  /**
   * A run of bytes.
   *
   * @param bytes what to send
   * @param version the write that must be on stable storage before; 0 for none
   */
  private record Chunk(ByteBuf bytes, long version) {}

  private final Channel channel;
  private final ArrayDeque<Chunk> queue = new ArrayDeque<>(0);
  private long queuedBytes;
  private long addedBytes;
  private long version;
  private long newest;
  private boolean isDirty;

  Outbound(Channel channel) {
    this.channel = channel;
  }

  /**
   * Names the write that must be on stable storage before the bytes added from now on are sent; 0
   * for none.
   */
  void requireDurable(long newVersion) {
    version = newVersion;
  }

  /** Adds bytes; the array may be used again afterwards. */
  void addCopy(byte[] array, int length) {
    add(channel.alloc().directBuffer(length, length).writeBytes(array, 0, length));
  }

  /** Adds bytes; the array must not be changed afterwards. */
  void add(byte[] array, int length) {
    add(Unpooled.wrappedBuffer(array, 0, length));
  }

  private void add(ByteBuf bytes) {
    int length = bytes.readableBytes();
    addedBytes += length;
    if (queue.isEmpty() && version == 0 && bytes.isDirect()) {
      channel.write(bytes, channel.voidPromise());
      isDirty = true;
    } else {
      queue.add(new Chunk(bytes, version));
      newest = Math.max(newest, version);
      queuedBytes += length + CHUNK_OVERHEAD_BYTES;
      addedBytes += CHUNK_OVERHEAD_BYTES;
    }
  }

  /**
   * Hands on what may be sent now.
   *
   * @param durable every write up to this version is on stable storage
   */
  void send(long durable) {
    boolean isGoingOn = true;
    while (isGoingOn && !queue.isEmpty() && queue.peek().version <= durable) {
      isGoingOn = sendPieces(queue.peek().bytes);
    }
    if (isDirty) {
      isDirty = false;
      channel.flush();
    }
  }

  /**
   * Sends pieces of the queue's head until it is empty or the channel has enough; tells whether it
   * is empty.
   */
  private boolean sendPieces(ByteBuf bytes) {
    while (bytes.isReadable()) {
      if (!channel.isWritable()) {
        channel.flush();
        isDirty = false;
        if (!channel.isWritable()) {
          return false;
        }
      }
      int length = Math.min(PIECE_BYTES, bytes.readableBytes());
      queuedBytes -= length;
      isDirty = true;
      channel.write(bytes.readRetainedSlice(length), channel.voidPromise());
    }
    queue.remove().bytes.release();
    queuedBytes -= CHUNK_OVERHEAD_BYTES;
    return true;
  }

  /** The write that must be on stable storage before anything more is sent; 0 for none. */
  long heldFor() {
    return queue.isEmpty() ? 0 : queue.peek().version;
  }

  /** The write that must be on stable storage before everything is sent; 0 for none. */
  long required() {
    return queue.isEmpty() ? 0 : newest;
  }

  /** How many bytes wait, in the queue or in the channel. */
  long pendingBytes() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return queuedBytes + (buffer == null ? 0 : buffer.totalPendingWriteBytes());
  }

  /** How many bytes the client's side has taken so far, as well as the channel can tell. */
  long takenBytes() {
    return addedBytes - pendingBytes();
  }

  /** Whether everything was handed to the channel. */
  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Drops what was not handed on. */
  void clear() {
    queue.forEach(chunk -> chunk.bytes.release());
    queue.clear();
    queuedBytes = 0;
  }
}
