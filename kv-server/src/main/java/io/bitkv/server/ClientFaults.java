package io.bitkv.server;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log what broke a connection: a line for a fault of the client, all that is known for
 * one of this program.
 */
final class ClientFaults {

  private static final Logger LOG = LoggerFactory.getLogger(ClientFaults.class);

  private ClientFaults() {}

  static void log(Connection connection, Throwable cause) {
    if (cause instanceof DecoderException && cause.getCause() instanceof SSLException fault) {
      // What is no TLS is told without its bytes, which may hold a password.
      LOG.info(
          "The client {} from {} is closed: {}.",
          connection.id(),
          connection.remoteAddress(),
          fault instanceof NotSslRecordException ? "it does not speak TLS" : fault.getMessage());
    } else if (cause instanceof IOException) {
      LOG.debug(
          "The client {} from {} broke off: {}",
          connection.id(),
          connection.remoteAddress(),
          cause.getMessage());
    } else {
      LOG.error(
          "The client {} from {} is closed after a fault.",
          connection.id(),
          connection.remoteAddress(),
          cause);
    }
  }
}
