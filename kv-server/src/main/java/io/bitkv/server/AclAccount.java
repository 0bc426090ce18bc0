package io.bitkv.server;

/**
 * A user by name, whom connections refer to while its rules change. Safe for use by all event
 * loops.
 */
final class AclAccount {

  private final String name;
  private volatile AclUser user;

  AclAccount(String name, AclUser user) {
    this.name = name;
    this.user = user;
  }

  String name() {
    return name;
  }

  /** The user as the rules describe it at this moment. */
  AclUser user() {
    return user;
  }

  void user(AclUser changed) {
    user = changed;
  }
}
