package io.bitkv.client;

import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.KvException;
import io.bitkv.api.LimitExceededException;
import io.bitkv.api.NotSentException;
import io.bitkv.api.OutcomeUnknownException;
import io.bitkv.api.OverloadedException;
import io.bitkv.api.RejectedException;
import io.bitkv.api.StoreIoException;
import io.bitkv.api.SyncFailedException;
import io.bitkv.api.UnsupportedFeatureException;
import io.bitkv.api.WritesRefusedException;
import io.bitkv.api.WritesRefusedException.Reason;
import io.bitkv.codec.resp.Reply.ErrorReply;
import java.util.concurrent.TimeUnit;

/** The exceptions of calls that failed: each says what is known of the request. */
final class Failures {

  private Failures() {}

  /** What a server's error means. */
  static KvException of(ErrorReply error, ServerInfo server) {
    if (server.hasKvCommands() && error.code().equals("MISCONF")) {
      return new SyncFailedException(error.message());
    }
    return switch (error.code()) {
      case "UNSUPPORTED" -> new UnsupportedFeatureException(error.message());
      case "LIMIT" -> new LimitExceededException(error.message());
      case "INVALID" -> new InvalidOptionException(error.message());
      case "READONLY" -> new WritesRefusedException(Reason.READ_ONLY, error.message(), null);
      case "DISKFULL" -> new WritesRefusedException(Reason.DISK_FULL, error.message(), null);
      case "POISONED" -> new WritesRefusedException(Reason.POISONED, error.message(), null);
      case "UNSYNCED" -> new SyncFailedException(error.message());
      case "IOERR" -> new StoreIoException(error.message());
      case "BUSY" -> new OverloadedException(error.message());
      default -> new RejectedException(error.code(), error.text());
    };
  }

  /** Whether an error says that the same request may well succeed a little later, and did nothing now. */
  static boolean isPassing(ErrorReply error) {
    return error.code().equals("LOADING") || error.code().equals("TRYAGAIN");
  }

  /** The reply cannot be what the request asks for. */
  static KvException unusableReply(Call<?> call, RuntimeException cause) {
    return new OutcomeUnknownException(call.request().name() + ": the server's reply cannot be understood: " + text(cause), cause);
  }

  /** The time was over before the request was sent. */
  static KvException timedOutUnsent(Call<?> call, String what, Throwable lastFailure) {
    return new NotSentException(call.request().name() + " was not sent within " + elapsed(call) + ": " + what, lastFailure);
  }

  /** The time was over before a reply came. */
  static KvException timedOut(Call<?> call, String server) {
    return new OutcomeUnknownException(call.request().name() + ": no reply from " + server + " within " + elapsed(call));
  }

  /** The waiting thread was interrupted. */
  static KvException interrupted(Call<?> call, boolean mayBeSent) {
    String message = call.request().name() + ": interrupted after " + elapsed(call);
    return mayBeSent
        ? new OutcomeUnknownException(message + " while a reply was awaited")
        : new NotSentException(message + " before the request was sent");
  }

  /** The connection was lost. */
  static KvException lost(Call<?> call, String server, boolean wasSent, Throwable cause) {
    String name = call.request().name();
    return wasSent
        ? new OutcomeUnknownException(name + ": the connection to " + server + " was lost before the reply came: " + text(cause), cause)
        : new NotSentException(name + " was not sent: the connection to " + server + " was lost: " + text(cause), cause);
  }

  /** Whether a failure to connect is the server's refusal, or says that it cannot do what the client is to do. */
  static boolean isFinal(Throwable cause) {
    return cause instanceof RejectedException || cause instanceof UnsupportedFeatureException;
  }

  /** The same final failure, for another thread to throw. */
  static KvException again(Throwable cause) {
    return cause instanceof RejectedException refusal
        ? new RejectedException(refusal.code(), refusal.getMessage())
        : new UnsupportedFeatureException(cause.getMessage());
  }

  /** What went wrong, in one line. */
  static String text(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static String elapsed(Call<?> call) {
    return TimeUnit.NANOSECONDS.toMillis(call.elapsedNanos()) + " ms";
  }
}
