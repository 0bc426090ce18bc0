package io.bitkv.server;

import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.KeyRef;
import io.bitkv.api.Keyspace;
import io.bitkv.api.Keyspaces;
import io.bitkv.api.KvException;
import io.bitkv.api.LimitExceededException;
import io.bitkv.api.OverloadedException;
import io.bitkv.api.StoreCorruptException;
import io.bitkv.api.StoreIoException;
import io.bitkv.api.SyncFailedException;
import io.bitkv.api.UnsupportedFeatureException;
import io.bitkv.api.ValueView;
import io.bitkv.api.WritesRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The commands beyond Redis's that the Java client speaks, specified in {@code docs/PROTOCOL-KV.md}: this family reads. They name a keyspace
 * with each key, tell versions, and answer failures by codes that say what became of the request.
 */
final class KvCommands {

  /** The version of the specification, told by {@code HELLO}. */
  static final int VERSION = 1;

  /** The name under which {@code HELLO} tells it. */
  static final String MODULE = "bitkv";

  private static final String SINCE = "0.1.0";

  private KvCommands() {}

  static List<Command> commands() {
    List<Command> reads =
        List.of(
            named("kv.get", 3, "readonly fast no_multi", KvCommands::get)
                .key(2, "RO access")
                .categories(CommandCategory.STRING)
                .docs("module", SINCE, "O(1)", "Returns a value with its version and expiry.", "space key"),
            named("kv.mget", -3, "readonly fast no_multi", KvCommands::mget)
                .keys(2, -1, 2, "RO access")
                .categories(CommandCategory.STRING)
                .docs("module", SINCE, "O(N) with N keys", "Returns several values as of one moment.", "(space key)..."),
            named("kv.exists", 3, "readonly fast no_multi", KvCommands::exists)
                .key(2, "RO")
                .categories(CommandCategory.KEYSPACE)
                .docs("module", SINCE, "O(1)", "Tells whether a key exists.", "space key"),
            named("kv.size", 2, "readonly fast no_multi", KvCommands::size)
                .wholeStore()
                .categories(CommandCategory.KEYSPACE)
                .docs("module", SINCE, "O(1)", "Counts the keys of a keyspace.", "space"),
            named("kv.random", 2, "readonly no_multi", KvCommands::random)
                .wholeStore()
                .categories(CommandCategory.KEYSPACE)
                .tips("nondeterministic_output")
                .docs("module", SINCE, "O(1)", "Returns a key of a keyspace at random.", "space"));
    return Stream.of(reads, KvWriteCommands.commands(), KvScanCommands.commands()).flatMap(List::stream).toList();
  }

  /** Begins a command whose failures are told by the codes of the specification. */
  static CommandBuilder named(String name, int arity, String flags, CommandHandler handler) {
    return Command.named(
        name,
        arity,
        flags,
        call -> {
          try {
            handler.execute(call);
          } catch (KvException e) {
            throw new CommandException(code(e) + " " + e.getMessage());
          }
        });
  }

  private static String code(KvException failure) {
    return switch (failure) {
      case UnsupportedFeatureException lacking -> "UNSUPPORTED";
      case LimitExceededException large -> "LIMIT";
      case InvalidOptionException invalid -> "INVALID";
      case WritesRefusedException refused ->
          switch (refused.reason()) {
            case READ_ONLY -> "READONLY";
            case DISK_FULL -> "DISKFULL";
            case POISONED -> "POISONED";
          };
      case SyncFailedException unsynced -> "UNSYNCED";
      case StoreCorruptException corrupt -> "IOERR";
      case StoreIoException io -> "IOERR";
      case OverloadedException overloaded -> "BUSY";
      default -> "ERR";
    };
  }

  /** The keyspace that is named next. */
  static Keyspace keyspace(Call call, KvArguments arguments) {
    return call.keyspace(arguments.space());
  }

  private static void get(Call call) {
    KeyRef ref = new KvArguments(call).ref();
    replyVersioned(call, call.server().view(), ref);
  }

  private static void mget(Call call) {
    KvArguments arguments = new KvArguments(call);
    List<KeyRef> refs = new ArrayList<>();
    while (arguments.hasMore()) {
      refs.add(arguments.ref());
    }
    call.reply().writeArrayHeader(refs.size());
    if (refs.size() == 1) {
      replyVersioned(call, call.server().view(), refs.getFirst());
      return;
    }
    long mark = call.output().size();
    call.server()
        .view()
        .atomically(
            refs,
            transaction -> {
              // A store may run this again from the beginning.
              call.output().rollback(mark);
              refs.forEach(ref -> replyVersioned(call, transaction, ref));
              return null;
            });
  }

  /** Writes a key's value with its version and expiry, straight from the store, or a null when there is none. */
  private static void replyVersioned(Call call, Keyspaces store, KeyRef ref) {
    Optional<Boolean> found = store.keyspace(ref.keyspace()).read(ref.key(), view -> writeVersioned(call, view));
    call.stats().read(found.isPresent());
    if (found.isEmpty()) {
      call.reply().writeNull();
    }
  }

  private static boolean writeVersioned(Call call, ValueView view) {
    call.reply().writeArrayHeader(3);
    call.writeValue(view);
    call.reply().writeInteger(view.version());
    call.reply().writeInteger(view.expiresAtMillis());
    return true;
  }

  private static void exists(Call call) {
    KeyRef ref = new KvArguments(call).ref();
    boolean isThere = call.server().view().keyspace(ref.keyspace()).contains(ref.key());
    call.stats().read(isThere);
    call.reply().writeInteger(isThere ? 1 : 0);
  }

  private static void size(Call call) {
    call.reply().writeInteger(keyspace(call, new KvArguments(call)).size());
  }

  private static void random(Call call) {
    Optional<byte[]> key = keyspace(call, new KvArguments(call)).randomKey();
    if (key.isPresent()) {
      call.reply().writeBulk(key.get());
    } else {
      call.reply().writeNull();
    }
  }
}
