package io.bitkv.server;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Checks requests against the rules of the user that sends them, and counts and notes those it
 * refuses. Safe for use by all event loops.
 */
final class AclGuard {

  /** What a request may not do, from the outermost to the innermost fault. */
  enum Denial {
    NONE,
    COMMAND,
    KEY,
    CHANNEL;
  }

  /** How the log names what stands for any key. */
  private static final byte[] ANY = {'*'};

  /** The outcome of a check: what is denied, and by which argument. */
  record Verdict(Denial denial, int index) {
    static final Verdict ALLOWED = new Verdict(Denial.NONE, 0);
  }

  private final AclLog log;
  private final AtomicLong deniedCommands = new AtomicLong();
  private final AtomicLong deniedKeys = new AtomicLong();
  private final AtomicLong deniedChannels = new AtomicLong();

  AclGuard(AclLog log) {
    this.log = log;
  }

  /**
   * Checks a request that is about to run or to be queued.
   *
   * @throws CommandException if the user may not do this
   */
  void check(Connection connection, Command command, Arguments arguments) {
    AclUser user = connection.account().user();
    if (user.isUnlimited()) {
      return;
    }
    Verdict verdict = verdict(user, command, arguments);
    if (verdict.denial() != Denial.NONE) {
      log.forbidden(connection, verdict.denial(), object(verdict, command, arguments));
      refuse(verdict.denial(), command);
    }
  }

  /** The command, key or channel that a request is refused for. */
  private static byte[] object(Verdict verdict, Command command, Arguments arguments) {
    if (verdict.denial() == Denial.COMMAND) {
      return command.name().getBytes(StandardCharsets.US_ASCII);
    }
    return verdict.index() == KeyFinder.ANY_KEY
        ? ANY
        : ShownRequest.beginning(arguments, verdict.index());
  }

  private void refuse(Denial denial, Command command) {
    switch (denial) {
      case NONE -> {}
      case COMMAND -> {
        deniedCommands.incrementAndGet();
        throw new CommandException(
            "NOPERM this user has no permissions to run the '" + command.name() + "' command");
      }
      case KEY -> {
        deniedKeys.incrementAndGet();
        throw new CommandException(
            "NOPERM this user has no permissions to access one of the keys used as arguments");
      }
      case CHANNEL -> {
        deniedChannels.incrementAndGet();
        throw new CommandException(
            "NOPERM this user has no permissions to access one of the channels used as arguments");
      }
    }
  }

  /**
   * Checks a request that was queued, since the rules may have changed since.
   *
   * @throws CommandException if the user may not do this any more
   */
  void checkQueued(Connection connection, Command command, Arguments arguments) {
    try {
      check(connection, command, arguments);
    } catch (CommandException e) {
      throw new CommandException(
          "NOPERM ACLs rules changed between the moment the transaction was accumulated and the"
              + " EXEC call. This command is no longer allowed for the following reason: "
              + e.getMessage().replaceFirst("^NOPERM ", ""));
    }
  }

  /** How many requests named a command that their user may not run. */
  long deniedCommands() {
    return deniedCommands.get();
  }

  /** How many requests named a key that their user may not use so. */
  long deniedKeys() {
    return deniedKeys.get();
  }

  /** How many requests named a channel that their user may not use. */
  long deniedChannels() {
    return deniedChannels.get();
  }

  /**
   * Tells what a user may not do of a request. Of several sets of permissions the one that allows
   * most of it decides.
   */
  static Verdict verdict(AclUser user, Command command, Arguments arguments) {
    Verdict best = null;
    for (AclSelector selector : user.selectors()) {
      Verdict verdict = verdict(selector, command, arguments);
      if (verdict.denial() == Denial.NONE) {
        return verdict;
      }
      if (best == null || verdict.denial().compareTo(best.denial()) > 0) {
        best = verdict;
      }
    }
    return best;
  }

  private static Verdict verdict(AclSelector selector, Command command, Arguments arguments) {
    if (!selector.allows(command)) {
      return new Verdict(Denial.COMMAND, 0);
    }
    if (!selector.hasAllKeys()) {
      Verdict[] first = new Verdict[1];
      command.findKeys(
          arguments,
          (index, isRead, isWritten) -> {
            if (first[0] == null && !allowsKey(selector, arguments, index, isRead, isWritten)) {
              first[0] = new Verdict(Denial.KEY, index);
            }
          });
      if (first[0] != null) {
        return first[0];
      }
    }
    ChannelSpec channels = command.channels();
    if (channels != null && !selector.hasAllChannels()) {
      for (int index : channels.indexes(arguments.count()).toArray()) {
        if (!selector.allowsChannel(arguments.bytes(index), channels.isPattern())) {
          return new Verdict(Denial.CHANNEL, index);
        }
      }
    }
    return Verdict.ALLOWED;
  }

  private static boolean allowsKey(
      AclSelector selector, Arguments arguments, int index, boolean isRead, boolean isWritten) {
    return index == KeyFinder.ANY_KEY
        ? selector.allowsAnyKey(isRead, isWritten)
        : selector.allowsKey(arguments.bytes(index), isRead, isWritten);
  }
}
