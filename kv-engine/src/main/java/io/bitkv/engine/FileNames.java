package io.bitkv.engine;

import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a store's files: the one place where they are made and recognised.
 *
 * <pre>
 * LOCK                        the lock
 * staging                     the newest entries, not yet written to their segment
 * reserve                     room that deletions may use on a full disk
 * snapshot                    the key directory as a clean close left it
 * 0000000001.data             a segment: its id in ten digits
 * 0000000001.hint             the hint file of a segment
 * 0000000001.data.torn-1      bytes that were cut off its end
 * 0000000001.data.bad-4096    a copy of damaged bytes, by their offset
 * 0000000001.data.tmp         any of these before it is complete
 * </pre>
 *
 * <p>Only a name that is exactly what {@link #segment} makes is a segment's, so there is one name for an id.
 */
final class FileNames {
  static final String LOCK = "LOCK";
  static final String RESERVE = "reserve";
  static final String SNAPSHOT = "snapshot";
  static final String STAGING = "staging";

  private static final String TEMPORARY = ".tmp";
  private static final Pattern SEGMENT = Pattern.compile("([0-9]{10})\\.data");
  private static final Pattern HINT = Pattern.compile("([0-9]{10})\\.hint");
  private static final Pattern SIDE_FILE = Pattern.compile("[0-9]{10}\\.data\\.(torn|bad)-[0-9]+");
  private static final Pattern TEMPORARY_FILE = Pattern.compile("(reserve|snapshot|[0-9]{10}\\.hint|[0-9]{10}\\.data(\\.(torn|bad)-[0-9]+)?)\\.tmp");

  private FileNames() {}

  static String segment(int id) {
    return tenDigits(id) + ".data";
  }

  /** The hint file of a segment. */
  static String hint(int id) {
    return tenDigits(id) + ".hint";
  }

  /** As the format {@code %010d} has it, whose own machinery would be a tenth of the time that a small store takes to open. */
  private static String tenDigits(int id) {
    String digits = Integer.toString(id);
    return "0".repeat(10 - digits.length()) + digits;
  }

  /** The id of the segment with a name; empty if it is no segment's. */
  static OptionalInt segmentId(String name) {
    return id(SEGMENT.matcher(name));
  }

  /** The id of the segment whose hint file has a name; empty if it is no hint file's. */
  static OptionalInt hintId(String name) {
    return id(HINT.matcher(name));
  }

  private static OptionalInt id(Matcher match) {
    long id = match.matches() ? Long.parseLong(match.group(1)) : 0;
    return id < 1 || id > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) id);
  }

  /** The n-th file of bytes that were cut off a segment. */
  static String torn(String segment, int n) {
    return segment + ".torn-" + n;
  }

  /** The copy of a segment's damaged bytes from an offset on. */
  static String bad(String segment, long offset) {
    return segment + ".bad-" + offset;
  }

  static String temporary(String name) {
    return name + TEMPORARY;
  }

  /** Whether a store left this file incomplete, so that it may be removed. */
  static boolean isTemporary(String name) {
    return TEMPORARY_FILE.matcher(name).matches();
  }

  /** The id of the segment that an incomplete file would have become; 0 if it is no segment's. */
  static int temporaryId(String name) {
    return segmentId(name.substring(0, name.length() - TEMPORARY.length())).orElse(0);
  }

  /** Whether a store made this file, and it is no segment and no hint file, nor incomplete. */
  static boolean isAuxiliary(String name) {
    return Set.of(LOCK, RESERVE, STAGING).contains(name) || SIDE_FILE.matcher(name).matches();
  }
}
