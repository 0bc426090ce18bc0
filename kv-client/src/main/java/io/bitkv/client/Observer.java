package io.bitkv.client;

import java.time.Duration;

/** Tells Java Flight Recorder and the listener what happens. A listener that throws does no harm. */
final class Observer {

  /** Tells whether a recording wants calls. */
  private static final CallEvent CALLS = new CallEvent();

  private final String address;
  private final ClientListener listener;

  Observer(ClientOptions options) {
    address = options.target().address();
    listener = options.listener();
  }

  /** Begins to observe a call; null when no recording wants it. */
  CallEvent callBegins() {
    if (!CALLS.isEnabled()) {
      return null;
    }
    CallEvent event = new CallEvent();
    event.begin();
    return event;
  }

  /** A call ended. */
  void callEnded(CallEvent event, Call<?> call, Throwable failure) {
    if (event != null && event.shouldCommit()) {
      event.command = call.request().name();
      event.attempts = call.attempts();
      event.failure = failure == null ? null : failure.toString();
      event.commit();
    }
    if (listener != null) {
      tell(new ClientListener.CallEnded(call.request().name(), call.elapsedNanos(), failure));
    }
  }

  void repeated(Call<?> call) {
    if (listener != null) {
      tell(new ClientListener.Repeated(call.request().name(), call.attempts()));
    }
  }

  ConnectEvent connectBegins() {
    ConnectEvent event = new ConnectEvent();
    event.begin();
    return event;
  }

  void connected(ConnectEvent event, ServerInfo server, long nanos) {
    event.address = address;
    event.server = server.product() + " " + server.version();
    event.commit();
    tell(new ClientListener.Connected(address, server, nanos));
  }

  void connectFailed(ConnectEvent event, Throwable cause, Duration retryAfter) {
    event.address = address;
    event.failure = cause.toString();
    event.commit();
    tell(new ClientListener.ConnectFailed(address, cause, retryAfter));
  }

  void disconnected(Throwable cause) {
    DisconnectEvent event = new DisconnectEvent();
    event.address = address;
    event.cause = cause.toString();
    event.commit();
    tell(new ClientListener.Disconnected(address, cause));
  }

  private void tell(ClientListener.Event event) {
    if (listener != null) {
      try {
        listener.onEvent(event);
      } catch (RuntimeException e) {
        // The listener's own fault, which must not become that of a call or a connection.
        return;
      }
    }
  }
}
