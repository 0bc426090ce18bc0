package io.bitkv.client;

import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Everything that was set before a client was built.
 *
 * @param target which server, and what of it
 * @param identity who the client is
 * @param timing how long things may take
 * @param limits how much there may be of things
 * @param cache how values that were read are kept, or null if they are not
 * @param listener is told of what happens, or null
 */
record ClientOptions(Target target, Identity identity, Timing timing, Limits limits, CacheOptions cache, ClientListener listener) {

  /**
   * Which server.
   *
   * @param host its name or address
   * @param port its port
   * @param database the number of the database that is selected
   * @param tls what encrypts, or null for connections in clear
   */
  record Target(String host, int port, int database, SSLContext tls) {
    /** The server's name in messages. */
    String address() {
      return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
    }
  }

  /**
   * Who the client is.
   *
   * @param user the user's name
   * @param password gives the password whenever a connection is made, or is null for none
   * @param clientName how the server is to call the connections, or null
   */
  record Identity(String user, Supplier<String> password, String clientName) {}

  /**
   * How long things may take.
   *
   * @param connectNanos to make a connection, with its handshakes
   * @param deadlineNanos for a call, with waiting, sending and repetitions
   * @param backoff between attempts to connect and between repetitions
   * @param isRepeating whether what is safe to repeat is repeated
   */
  record Timing(long connectNanos, long deadlineNanos, Backoff backoff, boolean isRepeating) {}

  /**
   * How much there may be.
   *
   * @param connections of connections
   * @param maxPending of calls that wait for a connection, and of those that await replies on each
   * @param maxUnsentBytes of bytes that a connection has not sent yet, when another request is to be added
   */
  record Limits(int connections, int maxPending, int maxUnsentBytes) {}

  int maxPending() {
    return limits.maxPending;
  }

  int maxUnsentBytes() {
    return limits.maxUnsentBytes;
  }
}
