package io.bitkv.client;

import io.bitkv.api.KvException;
import java.time.Duration;

/**
 * Is told of what happens to a client's connections and calls, to count or log it. It is called by the threads that do the work, several
 * at once; it must be quick and must not use the client. What it throws is dropped.
 *
 * {@snippet file="io/bitkv/client/SnippetsTest.java" region="listener"}
 *
 * <p>The same is recorded for Java Flight Recorder as the events {@code io.bitkv.client.Call}, {@code io.bitkv.client.Connect} and {@code
 * io.bitkv.client.Disconnect}.
 */
@FunctionalInterface
public interface ClientListener {

  /** What happened. */
  sealed interface Event {}

  /**
   * A connection was made.
   *
   * @param address the server's host and port
   * @param server what the server said of itself
   * @param nanos how long that took, in nanoseconds
   */
  record Connected(String address, ServerInfo server, long nanos) implements Event {}

  /**
   * A connection could not be made.
   *
   * @param address the server's host and port
   * @param cause why
   * @param retryAfter how long until the next attempt
   */
  record ConnectFailed(String address, Throwable cause, Duration retryAfter) implements Event {}

  /**
   * A connection was lost or given up.
   *
   * @param address the server's host and port
   * @param cause why
   */
  record Disconnected(String address, Throwable cause) implements Event {}

  /**
   * A request will be sent again: it may safely be, since it reads, or was not sent.
   *
   * @param command the command
   * @param attempt how often it was tried
   */
  record Repeated(String command, int attempt) implements Event {}

  /**
   * A call ended.
   *
   * @param command the command
   * @param nanos how long it took, with waiting and repetitions, in nanoseconds
   * @param failure why it failed, or null; {@link KvException#outcome()} tells what is known of it
   */
  record CallEnded(String command, long nanos, Throwable failure) implements Event {}

  /**
   * Takes an event.
   *
   * @param event what happened
   */
  void onEvent(Event event);
}
