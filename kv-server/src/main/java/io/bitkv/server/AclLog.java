package io.bitkv.server;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;

/**
 * The wrong passwords of late, and the requests of late that access rules forbade, the newest
 * first. What happens again within a minute is counted in one entry, as in Redis.
 *
 * <p>Safe for use by all event loops.
 */
final class AclLog {

  /** How far apart in time what one entry counts may be. */
  private static final long GROUPING_MILLIS = 60_000;

  /** How many of the newest entries are looked at for one to count in. */
  private static final int LOOKED_AT = 10;

  /**
   * What was denied.
   *
   * @param count how often
   * @param reason what was wrong: auth, command, key or channel
   * @param context where: toplevel, or multi inside a transaction
   * @param object the command, key or channel that was denied; of a wrong password the command
   * @param user the user
   * @param millis when it was last
   * @param client the client that did it last, as CLIENT LIST shows it
   */
  record Entry(
      long count,
      String reason,
      String context,
      byte[] object,
      String user,
      long millis,
      String client) {

    private boolean isLike(Entry other) {
      return reason.equals(other.reason)
          && context.equals(other.context)
          && Math.abs(millis - other.millis) <= GROUPING_MILLIS
          && Arrays.equals(object, other.object)
          && user.equals(other.user);
    }

    private Entry after(Entry before) {
      return new Entry(before.count + 1, reason, context, object, user, millis, client);
    }
  }

  private final InstantSource clock;
  private final LiveOptions options;
  private final LinkedList<Entry> entries = new LinkedList<>();

  AclLog(InstantSource clock, LiveOptions options) {
    this.clock = clock;
    this.options = options;
  }

  /** Notes a request that its user may not make, and the command, key or channel at fault. */
  void forbidden(Connection connection, AclGuard.Denial denial, byte[] object) {
    String reason = denial.name().toLowerCase(Locale.ROOT);
    add(entry(connection, reason, object, connection.account().name()));
  }

  /** Notes a wrong password for a user's name, and the command that it came with. */
  void wrongPassword(Connection connection, byte[] command, String user) {
    add(entry(connection, "auth", command, Shown.text(user)));
  }

  private Entry entry(Connection connection, String reason, byte[] object, String user) {
    String context = connection.transaction().isOpen() ? "multi" : "toplevel";
    String client = ClientDescription.of(connection);
    return new Entry(1, reason, context, object, user, clock.millis(), client);
  }

  private synchronized void add(Entry entry) {
    ListIterator<Entry> newest = entries.listIterator();
    while (newest.hasNext() && newest.nextIndex() < LOOKED_AT) {
      Entry before = newest.next();
      if (entry.isLike(before)) {
        newest.set(entry.after(before));
        return;
      }
    }
    entries.addFirst(entry);
    int kept = options.current().get(SecuritySettings.ACL_LOG_LENGTH);
    while (entries.size() > kept) {
      entries.removeLast();
    }
  }

  /** The newest entries, at most so many. */
  synchronized List<Entry> newest(long count) {
    return entries.stream().limit(count).toList();
  }

  synchronized void clear() {
    entries.clear();
  }
}
