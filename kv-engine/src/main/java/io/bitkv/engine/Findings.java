package io.bitkv.engine;

import io.bitkv.api.VerifyReport.Finding;
import io.bitkv.api.VerifyReport.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects what an inspection finds. For one thread. */
final class Findings {
  private final List<Finding> all = new ArrayList<>();

  /** Notes a file that does no harm. */
  void note(Path file, String detail) {
    all.add(new Finding(file, 0, 0, Severity.NOTE, detail));
  }

  /** Notes bytes that a crash left, and the next opening cuts off. */
  void torn(Path file, long from, long to, String detail) {
    all.add(new Finding(file, from, to, Severity.TORN, detail));
  }

  /** Notes bytes that are not as they were written. */
  void damage(Path file, long from, long to, String detail) {
    all.add(new Finding(file, from, to, Severity.DAMAGE, detail));
  }

  List<Finding> all() {
    return all;
  }
}
