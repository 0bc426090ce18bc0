package io.bitkv.client;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** A channel whose bytes are encrypted by TLS 1.2 or 1.3; the server's certificate must be trusted and name the host. */
final class TlsWire implements Wire {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SocketChannel channel;
  private final SSLEngine engine;

  /** Encrypted bytes that arrived: those up to the position. */
  private final ByteBuffer sealedIn;

  /** Decrypted bytes that nobody has read yet: those from the position on. */
  private final ByteBuffer clearIn;

  /** Encrypted bytes that the channel has not taken yet: those from the position on. */
  private final ByteBuffer sealedOut;

  /** Whether {@link #sealedIn} may hold a whole record. */
  private boolean mayHoldRecord;

  private TlsWire(SocketChannel channel, SSLEngine engine) {
    this.channel = channel;
    this.engine = engine;
    int recordBytes = engine.getSession().getPacketBufferSize();
    sealedIn = ByteBuffer.allocate(4 * recordBytes);
    clearIn = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).flip();
    sealedOut = ByteBuffer.allocate(recordBytes).flip();
  }

  /**
   * Makes a channel encrypted.
   *
   * @throws SSLException if the server's certificate is not trusted, or is of another host
   */
  static TlsWire handshake(SocketChannel channel, ClientOptions.Target target, Connector.Readiness readiness) throws IOException {
    SSLEngine engine = target.tls().createSSLEngine(target.host(), target.port());
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    engine.setSSLParameters(parameters);
    TlsWire wire = new TlsWire(channel, engine);
    wire.handshake(readiness);
    return wire;
  }

  private void handshake(Connector.Readiness readiness) throws IOException {
    engine.beginHandshake();
    for (HandshakeStatus status = engine.getHandshakeStatus(); ; status = engine.getHandshakeStatus()) {
      switch (status) {
        case NEED_TASK -> runTasks();
        case NEED_WRAP -> {
          seal(NOTHING);
          while (!flush()) {
            readiness.await(SelectionKey.OP_WRITE);
          }
        }
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          if (!open() && !fill()) {
            readiness.await(SelectionKey.OP_READ);
          }
        }
        case FINISHED, NOT_HANDSHAKING -> {
          return;
        }
      }
    }
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  /** Decrypts a record that has arrived; false if none has as a whole. */
  private boolean open() throws SSLException {
    sealedIn.flip();
    clearIn.compact();
    SSLEngineResult result;
    try {
      result = engine.unwrap(sealedIn, clearIn);
    } finally {
      sealedIn.compact();
      clearIn.flip();
    }
    if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
      runTasks();
    }
    mayHoldRecord =
        switch (result.getStatus()) {
          case OK -> true;
          case BUFFER_UNDERFLOW -> false;
          case BUFFER_OVERFLOW -> throw new SSLException("a record is larger than the session allows");
          case CLOSED -> throw new SSLException("the server ended the encrypted session");
        };
    return mayHoldRecord;
  }

  /** Reads encrypted bytes; false if none have arrived. */
  private boolean fill() throws IOException {
    int count = channel.read(sealedIn);
    if (count < 0) {
      throw new EOFException("the server closed the connection");
    }
    mayHoldRecord = count > 0;
    return mayHoldRecord;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (!clearIn.hasRemaining()) {
      int before = sealedIn.position();
      if (!open()) {
        if (!fill()) {
          return 0;
        }
      } else if (!clearIn.hasRemaining() && sealedIn.position() == before) {
        throw new SSLException("the server asks for another handshake");
      }
    }
    int count = Math.min(length, clearIn.remaining());
    clearIn.get(target, offset, count);
    return count;
  }

  @Override
  public boolean hasUnread() {
    return clearIn.hasRemaining() || mayHoldRecord;
  }

  @Override
  public int write(byte[] source, int offset, int length) throws IOException {
    ByteBuffer clear = ByteBuffer.wrap(source, offset, length);
    while (clear.hasRemaining() && flush()) {
      seal(clear);
    }
    return length - clear.remaining();
  }

  /** Encrypts a record; there must be none that waits to be sent. */
  private void seal(ByteBuffer clear) throws SSLException {
    sealedOut.clear();
    try {
      SSLEngineResult result = engine.wrap(clear, sealedOut);
      if (result.getStatus() != SSLEngineResult.Status.OK) {
        throw new SSLException("the encrypted session takes no more: " + result.getStatus());
      }
    } finally {
      sealedOut.flip();
    }
  }

  @Override
  public boolean flush() throws IOException {
    while (sealedOut.hasRemaining() && channel.write(sealedOut) > 0) {
      continue;
    }
    return !sealedOut.hasRemaining();
  }
}
