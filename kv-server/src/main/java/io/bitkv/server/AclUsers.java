package io.bitkv.server;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The users there are. Changes take effect at once, for connections that are open as well.
 *
 * <p>Safe for use by all event loops.
 */
final class AclUsers {

  private final AclRules rules;
  private final Map<String, AclAccount> accounts = new ConcurrentSkipListMap<>();
  private final AclAccount defaultAccount;
  private final Optional<AclFile> file;

  /**
   * Makes the users that the options tell of.
   *
   * @throws io.bitkv.api.InvalidOptionException if there is something wrong with the file of users
   */
  AclUsers(CommandTable commands, ServerOptions options) {
    rules = new AclRules(commands);
    defaultAccount = new AclAccount(AclUser.DEFAULT, rules.defaultUser());
    accounts.put(AclUser.DEFAULT, defaultAccount);
    password(options.get(SecuritySettings.REQUIREPASS));
    file = AclFile.of(options, rules);
    file.ifPresent(users -> replace(users.read()));
  }

  /** The user that clients are before they name another. */
  AclAccount defaultAccount() {
    return defaultAccount;
  }

  /** The file of users. */
  Optional<AclFile> file() {
    return file;
  }

  Collection<AclAccount> all() {
    return accounts.values();
  }

  Optional<AclAccount> find(String name) {
    return Optional.ofNullable(accounts.get(name));
  }

  /** Sets the password of the default user, or lets it do without. */
  void password(Optional<PasswordHash> password) {
    defaultAccount.user(
        defaultAccount
            .user()
            .withPasswords(password.isEmpty(), password.stream().toList()));
  }

  /**
   * Applies rules to a user, who is made if there is none; all or none of them.
   *
   * @throws AclRuleException naming the rule at fault
   */
  synchronized void change(String name, List<String> words) {
    AclAccount account = accounts.get(name);
    AclUser changed = account == null ? AclUser.NOBODY : account.user();
    for (String word : words) {
      try {
        changed = rules.apply(changed, word);
      } catch (AclRuleException e) {
        throw new AclRuleException(
            "Error in ACL SETUSER modifier '" + Shown.rule(word) + "': " + e.getMessage());
      }
    }
    if (account == null) {
      accounts.put(name, new AclAccount(name, changed));
    } else {
      account.user(changed);
    }
  }

  /** Removes a user, if there is one, and tells which it was. */
  synchronized Optional<AclAccount> remove(String name) {
    return Optional.ofNullable(accounts.remove(name));
  }

  /**
   * Puts other users in the place of all; a default user that is not among them stays as it is.
   *
   * @return those who are no more
   */
  synchronized List<AclAccount> replace(Map<String, AclUser> users) {
    Map<String, AclUser> all = new TreeMap<>(users);
    all.putIfAbsent(AclUser.DEFAULT, defaultAccount.user());
    List<AclAccount> gone =
        accounts.values().stream().filter(account -> !all.containsKey(account.name())).toList();
    gone.forEach(account -> accounts.remove(account.name()));
    all.forEach(
        (name, user) -> {
          AclAccount account = accounts.get(name);
          if (account == null) {
            accounts.put(name, new AclAccount(name, user));
          } else {
            account.user(user);
          }
        });
    return gone;
  }

  /**
   * Finds the user of a name and a password, or null. Takes the same time whether there is no such
   * user or the password is wrong.
   */
  AclAccount authenticate(String name, byte[] password) {
    PasswordHash given = PasswordHash.of(password);
    AclAccount account = accounts.get(name);
    AclUser user = account == null ? AclUser.NOBODY : account.user();
    return user.accepts(given) ? account : null;
  }
}
