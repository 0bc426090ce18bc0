package io.bitkv.tests.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Versioned;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the only writer of a key knows of it: what was acknowledged last, and every write whose outcome it was not told. Such a write may
 * take effect at any time, also after later ones.
 */
final class OwnKey {

  private final String name;
  private final Set<String> inDoubt = new HashSet<>();
  private long version;
  private String value;
  private int writes;

  OwnKey(String name) {
    this.name = name;
  }

  byte[] bytes() {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  /** The version that was acknowledged last; 0 for none. */
  long version() {
    return version;
  }

  /** A value that nobody else ever writes, and this key only once. */
  String newValue() {
    return name + '#' + ++writes;
  }

  /** A write was acknowledged; of a deletion the value is null. */
  void acknowledged(long newVersion, String newValue) {
    assertTrue(newVersion > version, () -> name + ": version " + newVersion + " was acknowledged after " + version + ": it is another request's reply");
    version = newVersion;
    value = newValue;
  }

  /** A write has no known outcome. */
  void doubted(String newValue) {
    inDoubt.add(newValue);
  }

  boolean isDoubtful() {
    return !inDoubt.isEmpty();
  }

  /** A value was read: it must be what was acknowledged, or come from a write in doubt. */
  void saw(String found) {
    assertTrue(Objects.equals(found, value) || inDoubt.contains(found), () -> name + " holds " + found + "; acknowledged was " + value + ", in doubt are " + inDoubt);
  }

  /** A value was read with its version, which shows which of the two it is. */
  void sawVersioned(Optional<Versioned<byte[]>> found) {
    saw(found.map(each -> new String(each.value(), StandardCharsets.UTF_8)).orElse(null));
    found.ifPresent(
        each -> {
          assertTrue(each.version() >= version, () -> name + ": version " + version + " was acknowledged and is lost; it has " + each.version());
          if (each.version() == version) {
            assertEquals(value, new String(each.value(), StandardCharsets.UTF_8));
          }
        });
  }
}
