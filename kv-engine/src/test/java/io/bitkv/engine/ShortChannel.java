package io.bitkv.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** A channel that never moves more than a few bytes at once. */
final class ShortChannel extends AsynchronousFileChannel {
  private final FileChannel channel;
  private final int most;

  ShortChannel(Path path, int most) throws IOException {
    channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    this.most = most;
  }

  /** Reads or writes a part of a buffer at a position. */
  private interface Move {
    int apply(ByteBuffer part, long position) throws IOException;
  }

  private Future<Integer> move(ByteBuffer buffer, long position, Move move) {
    ByteBuffer part = buffer.slice().limit(Math.min(most, buffer.remaining()));
    try {
      int moved = move.apply(part, position);
      buffer.position(buffer.position() + Math.max(0, moved));
      return CompletableFuture.completedFuture(moved);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public Future<Integer> read(ByteBuffer target, long position) {
    return move(target, position, channel::read);
  }

  @Override
  public Future<Integer> write(ByteBuffer source, long position) {
    return move(source, position, channel::write);
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public AsynchronousFileChannel truncate(long size) throws IOException {
    channel.truncate(size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    channel.force(metaData);
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  @Override
  public <A> void lock(long position, long size, boolean shared, A attachment, CompletionHandler<FileLock, ? super A> handler) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<FileLock> lock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <A> void read(ByteBuffer target, long position, A attachment, CompletionHandler<Integer, ? super A> handler) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <A> void write(ByteBuffer source, long position, A attachment, CompletionHandler<Integer, ? super A> handler) {
    throw new UnsupportedOperationException();
  }
}
