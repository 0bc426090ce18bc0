package io.bitkv.server;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the setting that a misspelt name was meant for. */
final class NearestName {

  /** The greatest number of letters that a misspelling adds, drops or changes. */
  private static final int MAX_DISTANCE = 3;

  private NearestName() {}

  /** Says that a name is unknown, and which one was probably meant. */
  static String unknown(String what, String name) {
    List<String> names = Settings.ALL.stream().map(Setting::name).toList();
    return "unknown "
        + what
        + " \""
        + name
        + "\""
        + of(name, names).map(near -> "; did you mean \"" + near + "\"?").orElse("");
  }

  /** Finds the name nearest to one, if there is a near one. */
  static Optional<String> of(String name, List<String> names) {
    return names.stream()
        .filter(
            candidate ->
                distance(name, candidate) <= Math.min(MAX_DISTANCE, candidate.length() / 2))
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
  }

  /** The Levenshtein distance, by the Wagner-Fischer algorithm with one row. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
