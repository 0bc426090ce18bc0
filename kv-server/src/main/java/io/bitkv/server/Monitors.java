package io.bitkv.server;

import io.bitkv.codec.resp.ReplyWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;

/** The clients that see every request. Safe for use by all event loops. */
final class Monitors {

  /** What a monitor sees of a request. */
  private record Line(String text) implements Push {

    @Override
    public int size() {
      return text.length();
    }

    @Override
    public void write(Connection receiver, ReplyWriter reply) {
      if (receiver.isMonitor()) {
        reply.writeSimpleString(text);
      }
    }
  }

  private final InstantSource clock;
  private final LiveOptions options;
  private final Set<Connection> receivers = new CopyOnWriteArraySet<>();

  Monitors(InstantSource clock, LiveOptions options) {
    this.clock = clock;
    this.options = options;
  }

  void add(Connection client) {
    client.monitor(true);
    receivers.add(client);
  }

  void remove(Connection client) {
    if (client.isMonitor()) {
      client.monitor(false);
      receivers.remove(client);
    }
  }

  boolean isEmpty() {
    return receivers.isEmpty();
  }

  /** Shows a request that ran; what operators do is shown to nobody. */
  void show(Call call, Command command, Arguments arguments) {
    if (command.is(CommandFlag.ADMIN) || command.is(CommandFlag.SKIP_MONITOR)) {
      return;
    }
    Instant now = clock.instant();
    String text =
        String.format(
            Locale.ROOT,
            "%d.%06d [%d %s] %s",
            now.getEpochSecond(),
            TimeUnit.NANOSECONDS.toMicros(now.getNano()),
            call.connection().database(),
            call.connection().remoteAddress(),
            ShownRequest.line(command, arguments));
    call.afterwards(() -> post(new Line(text)));
  }

  private void post(Line line) {
    long limit = options.pushLimit().hardBytes();
    List.copyOf(receivers).forEach(receiver -> receiver.mailbox().post(line, limit));
  }
}
