package io.bitkv.server;

import io.bitkv.api.Expiry;
import io.bitkv.api.Keyspace;
import io.bitkv.api.Put;
import java.util.List;
import java.util.Optional;

/** DUMP and RESTORE: a value, in a form that other servers of this kind take. */
final class DumpCommands {

  private static final int LARGEST_FREQUENCY = 255;

  private DumpCommands() {}

  static List<Command> commands() {
    return List.of(DUMP, RESTORE);
  }

  private static final Command DUMP =
      Command.named("dump", 2, "readonly", DumpCommands::dump)
          .key(1, "RO access")
          .tips("nondeterministic_output")
          .docs(
              "generic",
              "2.6.0",
              "O(N) with N bytes",
              "Returns the value of a key in a form that RESTORE takes.",
              "key");

  private static void dump(Call call) {
    Optional<byte[]> value = call.db().get(call.arguments().key(1));
    if (value.isPresent()) {
      call.reply().writeBulk(DumpFormat.encode(value.get()));
    } else {
      call.reply().writeNull();
    }
  }

  private static final Command RESTORE =
      Command.named("restore", -4, "write denyoom", DumpCommands::restore)
          .key(1, "OW update")
          .categories(CommandCategory.DANGEROUS)
          .docs(
              "generic",
              "2.6.0",
              "O(N) with N bytes",
              "Creates a key with a value that DUMP returned.",
              "key ttl:integer serialized-value:string [REPLACE] [ABSTTL] [IDLETIME"
                  + " seconds] [FREQ frequency:integer]");

  /** What follows a RESTORE's value. */
  private record Options(boolean isReplacing, boolean isAbsolute) {

    static Options parse(Arguments arguments) {
      boolean isReplacing = false;
      boolean isAbsolute = false;
      String hint = "";
      for (int i = 4; i < arguments.count(); i++) {
        boolean hasValue = i + 1 < arguments.count();
        if (arguments.is(i, "REPLACE")) {
          isReplacing = true;
        } else if (arguments.is(i, "ABSTTL")) {
          isAbsolute = true;
        } else if (arguments.is(i, "IDLETIME") && hasValue && !hint.equals("FREQ")) {
          hint = "IDLETIME";
          i++;
          checkHint(arguments.integer(i), Long.MAX_VALUE, "IDLETIME value, must be >= 0");
        } else if (arguments.is(i, "FREQ") && hasValue && !hint.equals("IDLETIME")) {
          hint = "FREQ";
          i++;
          checkHint(
              arguments.integer(i), LARGEST_FREQUENCY, "FREQ value, must be >= 0 and <= 255");
        } else {
          throw CommandException.SYNTAX;
        }
      }
      return new Options(isReplacing, isAbsolute);
    }

    /** Checks a hint for the eviction of keys, which there is none of here. */
    private static void checkHint(long value, long greatest, String what) {
      if (value < 0 || value > greatest) {
        throw new CommandException("ERR Invalid " + what);
      }
    }
  }

  private static void restore(Call call) {
    Options options = Options.parse(call.arguments());
    byte[] key = call.arguments().key(1);
    call.atomically(key, db -> restore(call, db, key, options));
    call.reply().writeOk();
  }

  private static Void restore(Call call, Keyspace db, byte[] key, Options options) {
    boolean isPresent = db.contains(key);
    if (isPresent && !options.isReplacing()) {
      throw new CommandException("BUSYKEY Target key name already exists.");
    }
    Expiry expiry = expiry(call, options.isAbsolute());
    byte[] value = value(call);
    boolean isPast =
        expiry instanceof Expiry.At at && at.epochMillis() <= call.server().clock().millis();
    if (!isPast) {
      db.put(key, value, Put.always().expiring(expiry));
    } else if (isPresent) {
      db.delete(key);
    }
    return null;
  }

  private static Expiry expiry(Call call, boolean isAbsolute) {
    long ttl = call.arguments().integer(2);
    if (ttl == 0) {
      return Expiry.never();
    }
    long now = isAbsolute ? 0 : call.server().clock().millis();
    if (ttl < 0 || ttl > Long.MAX_VALUE - now) {
      throw new CommandException("ERR Invalid TTL value, must be >= 0");
    }
    return new Expiry.At(now + ttl);
  }

  private static byte[] value(Call call) {
    byte[] dump = call.arguments().bytes(3);
    if (!DumpFormat.isIntact(dump)) {
      throw new CommandException("ERR DUMP payload version or checksum are wrong");
    }
    return DumpFormat.decode(dump, call.server().options().requestLimits().maxBulkBytes())
        .orElseThrow(() -> new CommandException("ERR Bad data format"));
  }
}
