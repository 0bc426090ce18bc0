package io.bitkv.server;

import io.bitkv.api.KeyValue;
import io.bitkv.api.Keyspace;
import io.bitkv.api.Page;
import io.bitkv.api.Scan;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Those of the KV commands that go through many keys, see {@link KvCommands}. */
final class KvScanCommands {

  private static final String SINCE = "0.1.0";
  private static final String RANGE = " [PREFIX prefix] [FROM from] [TO to]";

  /** The most keys that one request looks at, so that it does not keep others waiting. */
  private static final int MAX_COUNT = 10_000;

  /** How many keys a live scan looks at before it sees whether the reply is long enough. */
  private static final int STEP_KEYS = 32;

  private KvScanCommands() {}

  static List<Command> commands() {
    return List.of(
        KvCommands.named("kv.scan", -4, "readonly no_multi", KvScanCommands::scan)
            .wholeStore()
            .keysFoundBy(KeyFinder.readingAllIf("ENTRIES", 4))
            .categories(CommandCategory.KEYSPACE)
            .tips("nondeterministic_output")
            .docs("module", SINCE, "O(N) with N the count", "Goes through the keys in steps.", "space cursor:integer count [PREFIX prefix] [ENTRIES]"),
        KvCommands.named("kv.range", -3, "readonly no_multi", KvScanCommands::range)
            .wholeStore()
            .keysFoundBy(KeyFinder.readingAllIf("ENTRIES", 3))
            .categories(CommandCategory.KEYSPACE)
            .docs("module", SINCE, "O(log(K)+N) with N the count", "Returns keys in order.", "space count" + RANGE + " [ENTRIES] [AFTER after] [REV]"),
        KvCommands.named("kv.snapshot", -3, "readonly no_multi", KvScanCommands::snapshot)
            .wholeStore()
            .keysFoundBy(KeyFinder.readingAllIf("ENTRIES", 3))
            .categories(CommandCategory.KEYSPACE)
            .tips("nondeterministic_output")
            .docs("module", SINCE, "O(N) with N the count", "Begins to go through the keys as they are now.", "space count" + RANGE + " [ENTRIES] [order: ASC | REV]"),
        KvCommands.named("kv.next", 3, "readonly no_multi", KvScanCommands::next)
            .wholeStore()
            .keysFoundBy((arguments, visitor) -> visitor.key(KeyFinder.ANY_KEY, true, false))
            .categories(CommandCategory.KEYSPACE)
            .tips("nondeterministic_output")
            .docs("module", SINCE, "O(N) with N the count", "Goes on through the keys of a snapshot.", "number:integer count"),
        KvCommands.named("kv.end", 2, "readonly fast no_multi", KvScanCommands::end)
            .wholeStore()
            .categories(CommandCategory.KEYSPACE)
            .docs("module", SINCE, "O(1)", "Gives a snapshot up.", "number:integer"));
  }

  /** What a scan asks for. */
  private record Question(Keyspace keyspace, int count, Scan scan, boolean hasValues) {

    /** Reads the keyspace, the count, the bounds and what is wanted. */
    static Question read(Call call, KvArguments arguments) {
      Keyspace keyspace = KvCommands.keyspace(call, arguments);
      int count = arguments.count(MAX_COUNT);
      byte[] prefix = arguments.takes("PREFIX") ? arguments.bytes() : new byte[0];
      byte[] from = arguments.takes("FROM") ? arguments.bytes() : null;
      byte[] to = arguments.takes("TO") ? arguments.bytes() : null;
      Scan scan = new Scan(prefix, from, to, Scan.Order.ANY, Long.MAX_VALUE, false);
      return new Question(keyspace, count, scan, arguments.takes("ENTRIES"));
    }

    Question with(Scan other) {
      return new Question(keyspace, count, other, hasValues);
    }

    /** Everything that is to be visited; a key alone is an entry without a value. */
    Stream<KvPage.Item> items() {
      return hasValues ? keyspace.entries(scan).map(KvPage.Item::of) : keyspace.keys(scan).map(KvPage.Item::of);
    }
  }

  private static void scan(Call call) {
    KvArguments arguments = new KvArguments(call);
    Keyspace keyspace = KvCommands.keyspace(call, arguments);
    long cursor = arguments.integer();
    int count = arguments.count(MAX_COUNT);
    Scan scan = Scan.prefix(arguments.takes("PREFIX") ? arguments.bytes() : new byte[0]);
    boolean hasValues = arguments.takes("ENTRIES");
    arguments.end();
    KvPage page = new KvPage();
    int left = count;
    do {
      Page<byte[]> step = keyspace.scan(cursor, Math.min(STEP_KEYS, left));
      cursor = step.next();
      left -= STEP_KEYS;
      for (byte[] key : step.items()) {
        if (scan.includes(key)) {
          add(page, keyspace, key, hasValues);
        }
      }
    } while (cursor != Page.END && left > 0 && !page.isFull());
    page.reply(call.reply(), cursor);
  }

  private static void add(KvPage page, Keyspace keyspace, byte[] key, boolean hasValues) {
    if (hasValues) {
      keyspace
          .getVersioned(key)
          .ifPresent(value -> page.add(KvPage.Item.of(new KeyValue(key, value.value(), value.version(), value.expiresAtMillis()))));
    } else {
      page.add(KvPage.Item.of(key));
    }
  }

  private static void range(Call call) {
    KvArguments arguments = new KvArguments(call);
    Question asked = Question.read(call, arguments);
    byte[] after = arguments.takes("AFTER") ? arguments.bytes() : null;
    boolean isReversed = arguments.takes("REV");
    arguments.end();
    Scan scan = after == null ? asked.scan : behind(asked.scan, after, isReversed);
    Question question = asked.with(isReversed ? scan.reversed() : scan.ordered());
    try (Stream<KvPage.Item> items = question.items()) {
      Iterator<KvPage.Item> iterator = items.iterator();
      KvPage page = KvPage.of(iterator, asked.count);
      page.reply(call.reply(), iterator.hasNext() ? 1 : 0);
    }
  }

  /** What is left of a range behind a key, in the order of the scan. */
  private static Scan behind(Scan scan, byte[] after, boolean isReversed) {
    byte[] from = scan.from();
    byte[] to = scan.to();
    if (isReversed) {
      to = to == null || Arrays.compareUnsigned(after, to) < 0 ? after : to;
    } else {
      byte[] successor = Arrays.copyOf(after, after.length + 1);
      from = from == null || Arrays.compareUnsigned(successor, from) > 0 ? successor : from;
    }
    return new Scan(scan.prefix(), from, to, scan.order(), scan.limit(), scan.isSnapshot());
  }

  private static void snapshot(Call call) {
    KvArguments arguments = new KvArguments(call);
    Question asked = Question.read(call, arguments);
    Scan scan = asked.scan.snapshot();
    if (arguments.takes("ASC")) {
      scan = scan.ordered();
    } else if (arguments.takes("REV")) {
      scan = scan.reversed();
    }
    arguments.end();
    KvSnapshots snapshots = call.server().snapshots();
    replyNext(call, snapshots, snapshots.open(asked.with(scan).items()), asked.count);
  }

  private static void next(Call call) {
    KvArguments arguments = new KvArguments(call);
    long number = arguments.integer();
    int count = arguments.count(MAX_COUNT);
    KvSnapshots snapshots = call.server().snapshots();
    KvSnapshots.Open open = snapshots.take(number);
    if (open == null) {
      throw new CommandException("NOSNAPSHOT there is no snapshot " + number + ": it was given up, or is at its end");
    }
    replyNext(call, snapshots, open, count);
  }

  private static void replyNext(Call call, KvSnapshots snapshots, KvSnapshots.Open open, int count) {
    KvPage page;
    boolean hasMore;
    try {
      page = KvPage.of(open.items(), count);
      hasMore = open.items().hasNext();
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
    if (hasMore) {
      snapshots.giveBack(open);
    } else {
      open.close();
    }
    page.reply(call.reply(), hasMore ? open.number() : 0);
  }

  private static void end(Call call) {
    KvSnapshots.Open open = call.server().snapshots().take(new KvArguments(call).integer());
    if (open != null) {
      open.close();
    }
    call.reply().writeInteger(open == null ? 0 : 1);
  }
}
