package io.bitkv.server;

import java.util.ArrayList;
import java.util.List;

/**
 * A user as the access rules describe it. Immutable.
 *
 * @param isEnabled whether anybody can authenticate as this user
 * @param needsNoPassword whether any password will do
 * @param passwords the passwords of which one is needed
 * @param selectors the permissions; the first is the user's own, the others stand in parentheses
 */
record AclUser(
    boolean isEnabled,
    boolean needsNoPassword,
    List<PasswordHash> passwords,
    List<AclSelector> selectors) {

  /** The user that clients are before they name another. */
  static final String DEFAULT = "default";

  /** A user that may do nothing, and that nobody can be. */
  static final AclUser NOBODY = new AclUser(false, false, List.of(), List.of(AclSelector.NOTHING));

  /** Takes unmodifiable copies. */
  AclUser {
    passwords = List.copyOf(passwords);
    selectors = List.copyOf(selectors);
  }

  /** Whether clients are this user without being asked for a password. */
  boolean isOpen() {
    return isEnabled && needsNoPassword;
  }

  /** Whether it may do everything. */
  boolean isUnlimited() {
    return root().isUnlimited();
  }

  /** The permissions of its own. */
  AclSelector root() {
    return selectors.getFirst();
  }

  AclUser enabled(boolean isIt) {
    return new AclUser(isIt, needsNoPassword, passwords, selectors);
  }

  AclUser withPasswords(boolean needsNone, List<PasswordHash> changed) {
    return new AclUser(isEnabled, needsNone, changed, selectors);
  }

  AclUser withRoot(AclSelector changed) {
    List<AclSelector> all = new ArrayList<>(selectors);
    all.set(0, changed);
    return withSelectors(all);
  }

  AclUser withSelectors(List<AclSelector> changed) {
    return new AclUser(isEnabled, needsNoPassword, passwords, changed);
  }

  /**
   * Whether a password is one of the user's; compares with all of them, so that the time tells
   * nothing.
   */
  boolean accepts(PasswordHash given) {
    boolean isAccepted = needsNoPassword;
    for (PasswordHash password : passwords) {
      isAccepted |= password.equals(given);
    }
    return isAccepted & isEnabled;
  }

  /** All rules, from which an equal user can be made. */
  String rules() {
    List<String> rules = new ArrayList<>();
    rules.add(isEnabled ? "on" : "off");
    if (needsNoPassword) {
      rules.add("nopass");
    }
    passwords.forEach(password -> rules.add("#" + password.hex()));
    rules.add(root().toString());
    selectors.stream().skip(1).forEach(selector -> rules.add("(" + selector + ")"));
    return String.join(" ", rules);
  }
}
