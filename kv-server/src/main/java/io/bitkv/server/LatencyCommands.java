package io.bitkv.server;

import io.bitkv.codec.resp.ReplyWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** LATENCY: what took long, and how long each command takes. */
final class LatencyCommands {

  private static final String FLAGS = "admin noscript loading stale";
  private static final String READ_TIPS =
      "nondeterministic_output request_policy:all_nodes response_policy:special";

  private LatencyCommands() {}

  static List<Command> commands() {
    return List.of(
        Command.container("latency", LATEST, HISTORY, RESET, GRAPH, DOCTOR, HISTOGRAM, HELP)
            .docs(
                "server",
                "2.8.13",
                "that of the subcommand",
                "Holds the commands about what takes long.",
                ""));
  }

  private static final Command LATEST =
      Command.named("latency|latest", 2, FLAGS, LatencyCommands::latest)
          .tips(READ_TIPS)
          .docs("server", "2.8.13", "O(N) with N events", "Returns the events, and when last.", "");

  private static void latest(Call call) {
    Map<String, LatencyMonitor.Event> events = call.server().latency().events();
    call.reply().writeArrayHeader(events.size());
    events.forEach(
        (name, event) -> {
          call.reply().writeArrayHeader(4);
          call.reply().writeBulk(name);
          call.reply().writeInteger(event.latest().unixSeconds());
          call.reply().writeInteger(event.latest().millis());
          call.reply().writeInteger(event.worstMillis());
        });
  }

  private static final Command HISTORY =
      Command.named("latency|history", 3, FLAGS, LatencyCommands::history)
          .tips(READ_TIPS)
          .docs(
              "server",
              "2.8.13",
              "O(N) with N samples",
              "Returns the seconds in which an event took long.",
              "event");

  private static void history(Call call) {
    LatencyMonitor.Event event =
        call.server().latency().events().get(call.arguments().text(2));
    List<LatencyMonitor.Sample> samples = event == null ? List.of() : event.samples();
    call.reply().writeArrayHeader(samples.size());
    for (LatencyMonitor.Sample sample : samples) {
      call.reply().writeArrayHeader(2);
      call.reply().writeInteger(sample.unixSeconds());
      call.reply().writeInteger(sample.millis());
    }
  }

  private static final Command RESET =
      Command.named("latency|reset", -2, FLAGS, LatencyCommands::reset)
          .tips("request_policy:all_nodes response_policy:all_succeeded")
          .docs("server", "2.8.13", "O(1)", "Forgets events, all if none is named.", "[event...]");

  private static void reset(Call call) {
    LatencyMonitor latency = call.server().latency();
    int count = call.arguments().count() == 2 ? latency.forgetAll() : 0;
    for (int i = 2; i < call.arguments().count(); i++) {
      count += latency.forget(call.arguments().text(i)) ? 1 : 0;
    }
    call.reply().writeInteger(count);
  }

  private static final Command GRAPH =
      Command.named("latency|graph", 3, FLAGS, LatencyCommands::graph)
          .tips(READ_TIPS)
          .docs("server", "2.8.13", "O(1)", "Draws how long an event took.", "event");

  private static void graph(Call call) {
    String name = call.arguments().text(2, Errors.SHOWN_BYTES);
    LatencyMonitor.Event event = call.server().latency().events().get(name);
    if (event == null) {
      throw new CommandException("ERR No samples available for event '" + name + "'");
    }
    call.reply().writeVerbatim("txt", LatencyReport.graph(name, event));
  }

  private static final Command DOCTOR =
      Command.named("latency|doctor", 2, FLAGS, LatencyCommands::doctor)
          .tips(READ_TIPS)
          .docs("server", "2.8.13", "O(1)", "Says what the events mean.", "");

  private static void doctor(Call call) {
    long threshold = call.server().options().current().get(DiagnosticSettings.LATENCY_MILLIS);
    call.reply()
        .writeVerbatim(
            "txt", LatencyReport.doctor(call.server().latency().events(), threshold));
  }

  private static final Command HISTOGRAM =
      Command.named("latency|histogram", -2, FLAGS, LatencyCommands::histogram)
          .tips(READ_TIPS)
          .docs(
              "server",
              "7.0.0",
              "O(N) with N commands",
              "Returns how often commands took how long, all if none is named.",
              "[command...]");

  private static void histogram(Call call) {
    List<Command> shown = new ArrayList<>();
    if (call.arguments().count() == 2) {
      call.server().commands().withSubcommands().forEach(shown::add);
    }
    for (int i = 2; i < call.arguments().count(); i++) {
      addNamed(call, i, shown);
    }
    shown.removeIf(command -> calls(call, command) == 0);
    call.reply().writeMapHeader(shown.size());
    for (Command command : shown) {
      call.reply().writeBulk(command.name());
      call.reply().writeMapHeader(2);
      call.reply().writeBulk("calls");
      call.reply().writeInteger(calls(call, command));
      call.reply().writeBulk("histogram_usec");
      buckets(call, command);
    }
  }

  /** Adds the command that an argument names, and its subcommands. */
  private static void addNamed(Call call, int index, List<Command> shown) {
    Command command = CommandCommands.named(call, index);
    if (command != null) {
      shown.add(command);
      command.subcommands().withSubcommands().forEach(shown::add);
    }
  }

  private static long calls(Call call, Command command) {
    return call.server().workers().stream()
        .mapToLong(worker -> worker.stats().of(command).calls())
        .sum();
  }

  /** Writes, for powers of two, how many calls took at most so many microseconds. */
  private static void buckets(Call call, Command command) {
    long[] counts = new long[LatencyHistogram.BUCKETS];
    for (Worker worker : call.server().workers()) {
      worker.stats().of(command).latency().addTo(counts);
    }
    ReplyWriter reply = call.reply();
    int used = 0;
    for (long count : counts) {
      used += count > 0 ? 1 : 0;
    }
    reply.writeMapHeader(used);
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i];
      if (counts[i] > 0) {
        reply.writeInteger(LatencyHistogram.boundMicros(i));
        reply.writeInteger(sum);
      }
    }
  }

  private static final Command HELP =
      Command.named("latency|help", 2, "loading stale", LatencyCommands::help)
          .docs("server", "2.8.13", "O(1)", "Lists the subcommands of LATENCY.", "");

  private static void help(Call call) {
    Help.reply(
        call,
        "DOCTOR",
        "    Says what the events mean.",
        "GRAPH <event>",
        "    Draws how long <event> took.",
        "HISTOGRAM [<command> ...]",
        "    Returns how often commands took how long.",
        "HISTORY <event>",
        "    Returns Unix time and milliseconds of the seconds in which <event> took long.",
        "LATEST",
        "    Returns all events: name, Unix time, latest and worst milliseconds.",
        "RESET [<event> ...]",
        "    Forgets events.");
  }
}
