package io.bitkv.server;

import java.util.concurrent.TimeUnit;

/** A time in which requests wait, as CLIENT PAUSE asks for. Safe for use by all event loops. */
final class Pause {

  /** Which requests wait. */
  enum Mode {
    /** Those that may change data or send messages. */
    WRITE,
    /** All. */
    ALL
  }

  /** A pause: which requests wait, until which {@link System#nanoTime}. */
  private record Span(Mode mode, long untilNanos) {}

  private final ServerContext server;
  private volatile Span span;

  Pause(ServerContext server) {
    this.server = server;
  }

  /** Lets requests wait from now on, for some time; what was asked before no longer counts. */
  void begin(Mode mode, long millis) {
    span = new Span(mode, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
    for (Worker worker : server.workers()) {
      worker.loop().execute(() -> resumeAfter(worker, millis));
    }
  }

  /** Lets the requests that wait go on. */
  void end() {
    span = null;
    for (Worker worker : server.workers()) {
      worker.loop().execute(worker::resumeAll);
    }
  }

  /** Whether a request must wait now. */
  boolean holds(Connection client, Arguments request) {
    Span present = span;
    if (present == null) {
      return false;
    }
    if (System.nanoTime() - present.untilNanos >= 0) {
      span = null;
      return false;
    }
    Command command = server.commands().find(request, 0);
    return command != null && (present.mode == Mode.ALL || mayChange(client, command));
  }

  private static boolean mayChange(Connection client, Command command) {
    boolean isExec = command.name().equals("exec");
    return isWriting(command)
        || (isExec
            && client.transaction().queued().stream()
                .anyMatch(queued -> isWriting(queued.command())));
  }

  private static boolean isWriting(Command command) {
    return command.is(CommandFlag.WRITE) || command.name().equals("publish");
  }

  private static void resumeAfter(Worker worker, long millis) {
    worker.loop().schedule(worker::resumeAll, millis + 1, TimeUnit.MILLISECONDS);
  }
}
