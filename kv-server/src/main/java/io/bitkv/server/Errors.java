package io.bitkv.server;

import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.KvException;
import io.bitkv.api.LimitExceededException;
import io.bitkv.api.OverloadedException;
import io.bitkv.api.StoreCorruptException;
import io.bitkv.api.StoreIoException;
import io.bitkv.api.SyncFailedException;
import io.bitkv.api.WritesRefusedException;
import java.util.Locale;

/** The error replies that do not belong to one family of commands. */
final class Errors {

  /** The most bytes of a client's input that an error shows. */
  static final int SHOWN_BYTES = 128;

  private Errors() {}

  /** A request whose first word is no command, or whose second is no subcommand of it. */
  static CommandException unknownCommand(CommandTable commands, Arguments arguments) {
    Command container = commands.find(arguments.buffer(), arguments.offset(0), arguments.length(0));
    if (container != null) {
      return new CommandException(
          "ERR unknown subcommand '"
              + arguments.text(1, SHOWN_BYTES)
              + "'. Try "
              + container.name().toUpperCase(Locale.ROOT)
              + " HELP.");
    }
    StringBuilder shown = new StringBuilder();
    for (int i = 1; i < arguments.count() && shown.length() < SHOWN_BYTES; i++) {
      shown.append('\'').append(arguments.text(i, SHOWN_BYTES - shown.length())).append("' ");
    }
    return new CommandException(
        "ERR unknown command '"
            + arguments.text(0, SHOWN_BYTES)
            + "', with args beginning with: "
            + shown);
  }

  /** A subcommand with too many arguments, in the words that Redis has for those. */
  static CommandException wrongSubcommand(String container, Arguments arguments) {
    return new CommandException(
        "ERR unknown subcommand or wrong number of arguments for '"
            + arguments.text(1, SHOWN_BYTES)
            + "'. Try "
            + container
            + " HELP.");
  }

  /** The error reply for an EXEC that itself is refused. */
  static String transactionRefused(CommandException refusal) {
    return "EXECABORT Transaction discarded because of: "
        + refusal.getMessage().replaceFirst("^ERR ", "");
  }

  /**
   * Whether the store refused what one command asked for, so that the others of its transaction may
   * go on.
   */
  static boolean concernsOneCommand(KvException failure) {
    return failure instanceof LimitExceededException || failure instanceof InvalidOptionException;
  }

  /** The error reply for what the store threw. */
  static String reply(KvException failure) {
    String code =
        switch (failure) {
          case WritesRefusedException refused ->
              refused.reason() == WritesRefusedException.Reason.READ_ONLY ? "READONLY" : "MISCONF";
          case SyncFailedException notSynced -> "MISCONF";
          case StoreCorruptException corrupt -> "IOERR";
          case StoreIoException io -> "IOERR";
          case OverloadedException overloaded -> "BUSY";
          default -> "ERR";
        };
    return code + " " + failure.getMessage();
  }

  /** The error reply for a fault of this program, or for memory that ran out. */
  static String internal(Throwable failure) {
    return failure instanceof OutOfMemoryError
        ? "OOM out of memory in this command"
        : "ERR internal error; the server's log says more";
  }
}
