package io.bitkv.server;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Commands about channels: messages go to whoever is subscribed at the moment, and are not kept. */
final class PubSubCommands {

  private static final String FLAGS = "pubsub noscript loading stale";
  private static final String GROUP = "pubsub";

  private PubSubCommands() {}

  static List<Command> commands() {
    return List.of(
        SUBSCRIBE,
        PSUBSCRIBE,
        UNSUBSCRIBE,
        PUNSUBSCRIBE,
        PUBLISH,
        Command.container("pubsub", CHANNELS, NUMSUB, NUMPAT, HELP)
            .docs(
                GROUP,
                "2.8.0",
                "that of the subcommand",
                "Holds the commands that tell about channels.",
                ""));
  }

  private static final Command SUBSCRIBE =
      Command.named("subscribe", -2, FLAGS, PubSubCommands::subscribe)
          .channels(1, -1, false)
          .whileSubscribed()
          .docs(GROUP, "2.0.0", "O(N) with N channels", "Subscribes to channels.", "channel...");

  private static void subscribe(Call call) {
    for (int i = 1; i < call.arguments().count(); i++) {
      byte[] channel = call.arguments().bytes(i);
      call.server().channels().subscribe(call.connection(), channel);
      confirm(call, "subscribe", channel);
    }
  }

  private static final Command PSUBSCRIBE =
      Command.named("psubscribe", -2, FLAGS, PubSubCommands::psubscribe)
          .channels(1, -1, true)
          .whileSubscribed()
          .docs(
              GROUP,
              "2.0.0",
              "O(N) with N patterns",
              "Subscribes to all channels whose names match.",
              "pattern...");

  private static void psubscribe(Call call) {
    for (int i = 1; i < call.arguments().count(); i++) {
      byte[] pattern = call.arguments().bytes(i);
      call.server().channels().subscribePattern(call.connection(), pattern);
      confirm(call, "psubscribe", pattern);
    }
  }

  private static final Command UNSUBSCRIBE =
      Command.named("unsubscribe", -1, FLAGS, PubSubCommands::unsubscribe)
          .whileSubscribed()
          .docs(
              GROUP,
              "2.0.0",
              "O(N) with N channels",
              "Ends subscriptions to channels, to all if none is named.",
              "[channel...]");

  private static void unsubscribe(Call call) {
    end(
        call,
        call.connection().subscriptions().channels(),
        channel -> call.server().channels().unsubscribe(call.connection(), channel));
  }

  private static final Command PUNSUBSCRIBE =
      Command.named("punsubscribe", -1, FLAGS, PubSubCommands::punsubscribe)
          .whileSubscribed()
          .docs(
              GROUP,
              "2.0.0",
              "O(N) with N patterns",
              "Ends subscriptions to patterns, to all if none is named.",
              "[pattern...]");

  private static void punsubscribe(Call call) {
    end(
        call,
        call.connection().subscriptions().patterns(),
        pattern -> call.server().channels().unsubscribePattern(call.connection(), pattern));
  }

  /** Ends those of the present subscriptions that are named, or all, and tells of each. */
  private static void end(Call call, Collection<ByteBuffer> present, Consumer<ByteBuffer> ending) {
    String kind = call.command().name();
    Arguments arguments = call.arguments();
    if (arguments.count() == 1 && present.isEmpty()) {
      confirm(call, kind, null);
    }
    if (arguments.count() == 1) {
      for (ByteBuffer name : List.copyOf(present)) {
        ending.accept(name);
        confirm(call, kind, name.array());
      }
    }
    for (int i = 1; i < arguments.count(); i++) {
      byte[] name = arguments.bytes(i);
      ending.accept(ByteBuffer.wrap(name));
      confirm(call, kind, name);
    }
  }

  private static void confirm(Call call, String kind, byte[] name) {
    call.reply().writePushHeader(3);
    call.reply().writeBulk(kind);
    if (name == null) {
      call.reply().writeNull();
    } else {
      call.reply().writeBulk(name);
    }
    call.reply().writeInteger(call.connection().subscriptions().count());
  }

  private static final Command PUBLISH =
      Command.named("publish", 3, "pubsub loading stale fast", PubSubCommands::publish)
          .channels(1, 1, false)
          .docs(
              GROUP,
              "2.0.0",
              "O(N) with N subscribers and patterns",
              "Sends a message to the subscribers of a channel, and tells how many there are.",
              "channel message");

  private static void publish(Call call) {
    Channels channels = call.server().channels();
    byte[] channel = call.arguments().bytes(1);
    byte[] message = call.arguments().bytes(2);
    if (call.isInTransaction()) {
      call.reply().writeInteger(channels.receiverCount(channel));
      call.afterwards(() -> channels.publish(channel, message));
    } else {
      call.reply().writeInteger(channels.publish(channel, message));
    }
  }

  private static final Command CHANNELS =
      Command.named("pubsub|channels", -2, "pubsub loading stale", PubSubCommands::channels)
          .docs(
              GROUP,
              "2.8.0",
              "O(N) with N channels",
              "Lists the channels that have subscribers.",
              "[pattern]");

  private static void channels(Call call) {
    if (call.arguments().count() > 3) {
      throw Errors.wrongSubcommand("PUBSUB", call.arguments());
    }
    List<byte[]> names = call.server().channels().names();
    if (call.arguments().count() == 3) {
      Glob glob = Glob.of(call.arguments().bytes(2));
      names = names.stream().filter(glob::matches).toList();
    }
    call.reply().writeArrayHeader(names.size());
    names.forEach(call.reply()::writeBulk);
  }

  private static final Command NUMSUB =
      Command.named("pubsub|numsub", -2, "pubsub loading stale", PubSubCommands::numsub)
          .docs(
              GROUP,
              "2.8.0",
              "O(N) with N channels",
              "Counts the subscribers of channels.",
              "[channel...]");

  private static void numsub(Call call) {
    int count = call.arguments().count();
    call.reply().writeArrayHeader(2 * (count - 2));
    for (int i = 2; i < count; i++) {
      byte[] channel = call.arguments().bytes(i);
      call.reply().writeBulk(channel);
      call.reply().writeInteger(call.server().channels().subscriberCount(channel));
    }
  }

  private static final Command NUMPAT =
      Command.named(
              "pubsub|numpat",
              2,
              "pubsub loading stale",
              call -> call.reply().writeInteger(call.server().channels().patternCount()))
          .docs(GROUP, "2.8.0", "O(1)", "Counts the patterns that have subscribers.", "");

  private static final Command HELP =
      Command.named("pubsub|help", 2, "loading stale", PubSubCommands::help)
          .docs(GROUP, "6.2.0", "O(1)", "Lists the subcommands of PUBSUB.", "");

  private static void help(Call call) {
    Help.reply(
        call,
        "CHANNELS [<pattern>]",
        "    Returns the channels that have subscribers, or those that match <pattern>.",
        "NUMPAT",
        "    Returns how many patterns have subscribers.",
        "NUMSUB [<channel> ...]",
        "    Returns how many subscribers each <channel> has.");
  }
}
