package io.bitkv.server;

import io.bitkv.codec.resp.ReplyWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The subcommands of CLIENT by which a client that keeps values of its own asks to be told when
 * they change.
 */
final class TrackingCommands {

  private static final String FLAGS = "noscript loading stale";
  private static final String GROUP = "connection";

  private TrackingCommands() {}

  static List<Command> subcommands() {
    return List.of(TRACKING, CACHING, TRACKINGINFO, GETREDIR);
  }

  private static final Command TRACKING =
      Command.named("client|tracking", -3, FLAGS, TrackingCommands::tracking)
          .docs(
              GROUP,
              "6.0.0",
              "O(1)",
              "Begins or ends to be told when keys change that the client has read.",
              "(status: ON | OFF) [REDIRECT client-id:integer] [PREFIX prefix]... [BCAST] [OPTIN]"
                  + " [OPTOUT] [NOLOOP]");

  private static void tracking(Call call) {
    Tracking asked = parse(call);
    if (call.arguments().is(2, "ON")) {
      Tracking present = call.connection().tracking();
      check(asked, present);
      List<ByteBuffer> prefixes = prefixes(asked, present);
      call.connection().trackingState().redirectBroken(false);
      call.server()
          .changes()
          .tracking()
          .begin(
              call.connection(), new Tracking(asked.options(), asked.redirect(), prefixes));
    } else if (call.arguments().is(2, "OFF")) {
      call.server().changes().tracking().end(call.connection());
    } else {
      throw CommandException.SYNTAX;
    }
    call.reply().writeOk();
  }

  private static Tracking parse(Call call) {
    Arguments arguments = call.arguments();
    Set<Tracking.Option> options = EnumSet.noneOf(Tracking.Option.class);
    List<ByteBuffer> prefixes = new ArrayList<>();
    long redirect = 0;
    for (int i = 3; i < arguments.count(); i++) {
      boolean hasMore = i + 1 < arguments.count();
      if (arguments.is(i, "REDIRECT") && hasMore) {
        if (redirect != 0) {
          throw new CommandException("ERR A client can only redirect to a single other client");
        }
        i++;
        redirect = arguments.integer(i);
        if (call.server().clients().find(redirect) == null) {
          throw new CommandException("ERR The client ID you want redirect to does not exist");
        }
      } else if (arguments.is(i, "PREFIX") && hasMore) {
        i++;
        prefixes.add(ByteBuffer.wrap(arguments.bytes(i)));
      } else {
        options.add(option(arguments, i));
      }
    }
    return new Tracking(options, redirect, prefixes);
  }

  private static Tracking.Option option(Arguments arguments, int index) {
    for (Tracking.Option option : Tracking.Option.values()) {
      if (arguments.is(index, option.name())) {
        return option;
      }
    }
    throw CommandException.SYNTAX;
  }

  private static void check(Tracking asked, Tracking present) {
    boolean isBroadcast = asked.has(Tracking.Option.BCAST);
    boolean isOptIn = asked.has(Tracking.Option.OPTIN);
    boolean isOptOut = asked.has(Tracking.Option.OPTOUT);
    refuseIf(
        !isBroadcast && !asked.prefixes().isEmpty(),
        "PREFIX option requires BCAST mode to be enabled");
    refuseIf(
        present != null && present.has(Tracking.Option.BCAST) != isBroadcast,
        "You can't switch BCAST mode on/off before disabling tracking for this client, and then"
            + " re-enabling it with a different mode.");
    refuseIf(
        isBroadcast && (isOptIn || isOptOut), "OPTIN and OPTOUT are not compatible with BCAST");
    refuseIf(isOptIn && isOptOut, "You can't specify both OPTIN mode and OPTOUT mode");
    refuseIf(
        present != null
            && ((isOptIn && present.has(Tracking.Option.OPTOUT))
                || (isOptOut && present.has(Tracking.Option.OPTIN))),
        "You can't switch OPTIN/OPTOUT mode before disabling tracking for this client, and then"
            + " re-enabling it with a different mode.");
  }

  private static void refuseIf(boolean isWrong, String reason) {
    if (isWrong) {
      throw new CommandException("ERR " + reason);
    }
  }

  /** Those asked for and those there are, none of which may begin with another. */
  private static List<ByteBuffer> prefixes(Tracking asked, Tracking present) {
    if (!asked.has(Tracking.Option.BCAST)) {
      return List.of();
    }
    List<ByteBuffer> all = new ArrayList<>(present == null ? List.of() : present.prefixes());
    for (int i = 0; i < asked.prefixes().size(); i++) {
      ByteBuffer prefix = asked.prefixes().get(i);
      if (present != null) {
        refuseOverlap(prefix, present.prefixes(), "an existing");
      }
      refuseOverlap(
          prefix, asked.prefixes().subList(i + 1, asked.prefixes().size()), "another provided");
    }
    all.addAll(asked.prefixes());
    return all.isEmpty() ? List.of(ByteBuffer.allocate(0)) : List.copyOf(all);
  }

  private static void refuseOverlap(ByteBuffer prefix, List<ByteBuffer> others, String which) {
    for (ByteBuffer other : others) {
      int common = Math.min(prefix.remaining(), other.remaining());
      refuseIf(
          prefix.slice(0, common).equals(other.slice(0, common)),
          "Prefix '"
              + text(prefix)
              + "' overlaps with "
              + which
              + " prefix '"
              + text(other)
              + "'. Prefixes for a single client must not overlap.");
    }
  }

  private static String text(ByteBuffer prefix) {
    return Shown.text(new String(prefix.array(), StandardCharsets.UTF_8));
  }

  private static final Command CACHING =
      Command.named("client|caching", 3, FLAGS, TrackingCommands::caching)
          .docs(
              GROUP,
              "6.0.0",
              "O(1)",
              "Says whether what the next request reads counts.",
              "(mode: YES | NO)");

  private static void caching(Call call) {
    Tracking tracking = call.connection().tracking();
    refuseIf(
        tracking == null,
        "CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or OPTOUT"
            + " mode enabled");
    boolean isYes = call.arguments().is(2, "YES");
    if (!isYes && !call.arguments().is(2, "NO")) {
      throw CommandException.SYNTAX;
    }
    refuseIf(
        isYes && !tracking.has(Tracking.Option.OPTIN),
        "CLIENT CACHING YES is only valid when tracking is enabled in OPTIN mode.");
    refuseIf(
        !isYes && !tracking.has(Tracking.Option.OPTOUT),
        "CLIENT CACHING NO is only valid when tracking is enabled in OPTOUT mode.");
    call.connection().trackingState().cachingGiven(true);
    call.reply().writeOk();
  }

  private static final Command TRACKINGINFO =
      Command.named("client|trackinginfo", 2, FLAGS, TrackingCommands::trackinginfo)
          .docs(GROUP, "6.2.0", "O(1)", "Returns what the client is told of changes.", "");

  private static void trackinginfo(Call call) {
    ReplyWriter reply = call.reply();
    Tracking tracking = call.connection().tracking();
    List<String> flags = flags(call.connection());
    reply.writeMapHeader(3);
    reply.writeBulk("flags");
    reply.writeSetHeader(flags.size());
    flags.forEach(reply::writeBulk);
    reply.writeBulk("redirect");
    reply.writeInteger(tracking == null ? -1 : tracking.redirect());
    reply.writeBulk("prefixes");
    List<ByteBuffer> prefixes = tracking == null ? List.of() : tracking.prefixes();
    reply.writeArrayHeader(prefixes.size());
    prefixes.forEach(prefix -> reply.writeBulk(prefix.array()));
  }

  private static List<String> flags(Connection connection) {
    Tracking tracking = connection.tracking();
    if (tracking == null) {
      return List.of("off");
    }
    List<String> flags = new ArrayList<>(List.of("on"));
    for (Tracking.Option option : tracking.options()) {
      flags.add(option.name().toLowerCase(Locale.ROOT));
      if (connection.trackingState().isCachingGiven() && option == Tracking.Option.OPTIN) {
        flags.add("caching-yes");
      }
      if (connection.trackingState().isCachingGiven() && option == Tracking.Option.OPTOUT) {
        flags.add("caching-no");
      }
    }
    if (connection.trackingState().isRedirectBroken()) {
      flags.add("broken_redirect");
    }
    return flags;
  }

  private static final Command GETREDIR =
      Command.named("client|getredir", 2, FLAGS, TrackingCommands::getredir)
          .docs(
              GROUP,
              "6.0.0",
              "O(1)",
              "Returns which connection is told of changed keys in place of this one.",
              "");

  private static void getredir(Call call) {
    Tracking tracking = call.connection().tracking();
    call.reply().writeInteger(tracking == null ? -1 : tracking.redirect());
  }
}
