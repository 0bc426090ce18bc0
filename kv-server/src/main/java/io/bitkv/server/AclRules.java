package io.bitkv.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Applies access rules, in the words of Redis's {@code ACL SETUSER}, to users. Immutable.
 */
final class AclRules {

  private static final String SYNTAX = "Syntax error";
  private static final String BAD_HASH =
      "The password hash must be exactly 64 characters and contain only lowercase hexadecimal"
          + " characters";
  private static final String NO_SUCH_PASSWORD =
      "The password you are trying to remove from the user does not exist";
  private static final String USELESS_KEY =
      "Adding a pattern after the * pattern (or the 'allkeys' flag) is not valid and does not have"
          + " any effect. Try 'resetkeys' to start with an empty list of patterns";
  private static final String USELESS_CHANNEL =
      "Adding a pattern after the * pattern (or the 'allchannels' flag) is not valid and does not"
          + " have any effect. Try 'resetchannels' to start with an empty list of channels";

  private final AclCommandRules commandRules;

  AclRules(CommandTable table) {
    commandRules = new AclCommandRules(table);
  }

  /** The default user as it is when nothing says otherwise: everybody, allowed everything. */
  AclUser defaultUser() {
    AclSelector everything =
        new AclSelector(
            commandRules.all(), List.of(AclKeyPattern.of("*", true, true)), List.of("*"));
    return new AclUser(true, true, List.of(), List.of(everything));
  }

  /**
   * Applies a rule to a user.
   *
   * @throws AclRuleException if it is none
   */
  AclUser apply(AclUser user, String rule) {
    return switch (rule.toLowerCase(Locale.ROOT)) {
      case "on" -> user.enabled(true);
      case "off" -> user.enabled(false);
      case "nopass" -> user.withPasswords(true, List.of());
      case "resetpass" -> user.withPasswords(false, List.of());
      case "clearselectors" -> user.withSelectors(List.of(user.root()));
      case "reset" -> AclUser.NOBODY;
      default -> {
        if (rule.startsWith("(")) {
          yield withSelector(user, rule);
        }
        yield isPassword(rule)
            ? withPassword(user, rule)
            : user.withRoot(apply(user.root(), rule));
      }
    };
  }

  private AclUser withSelector(AclUser user, String rule) {
    if (!rule.endsWith(")")) {
      throw new AclRuleException(SYNTAX);
    }
    AclSelector selector = AclSelector.NOTHING;
    for (String part : rule.substring(1, rule.length() - 1).trim().split(" +")) {
      selector = part.isEmpty() ? selector : apply(selector, part);
    }
    List<AclSelector> all = new ArrayList<>(user.selectors());
    all.add(selector);
    return user.withSelectors(all);
  }

  private static boolean isPassword(String rule) {
    return !rule.isEmpty() && "><#!".indexOf(rule.charAt(0)) >= 0;
  }

  private static AclUser withPassword(AclUser user, String rule) {
    String text = rule.substring(1);
    boolean isHash = rule.startsWith("#") || rule.startsWith("!");
    if (isHash && !PasswordHash.isHex(text)) {
      throw new AclRuleException(BAD_HASH);
    }
    PasswordHash password = isHash ? PasswordHash.ofHex(text) : PasswordHash.of(text);
    List<PasswordHash> passwords = new ArrayList<>(user.passwords());
    boolean isRemoving = rule.startsWith("<") || rule.startsWith("!");
    boolean wasThere = passwords.remove(password);
    if (isRemoving) {
      if (!wasThere) {
        throw new AclRuleException(NO_SUCH_PASSWORD);
      }
      return user.withPasswords(user.needsNoPassword(), passwords);
    }
    passwords.add(password);
    return user.withPasswords(false, passwords);
  }

  private AclSelector apply(AclSelector selector, String rule) {
    if (AclCommandRules.isOne(rule)) {
      return selector.with(commandRules.apply(selector.commands(), rule));
    }
    return switch (rule.toLowerCase(Locale.ROOT)) {
      case "allcommands" -> selector.with(commandRules.all());
      case "nocommands" -> selector.with(AclSelector.NOTHING.commands());
      case "allkeys" -> selector.withKeys(List.of(AclKeyPattern.of("*", true, true)));
      case "resetkeys" -> selector.withKeys(List.of());
      case "allchannels" -> selector.withChannels(List.of("*"));
      case "resetchannels" -> selector.withChannels(List.of());
      default -> withPattern(selector, rule);
    };
  }

  private static AclSelector withPattern(AclSelector selector, String rule) {
    if (rule.startsWith("&")) {
      return withChannel(selector, rule.substring(1));
    }
    int tilde = rule.indexOf('~');
    String access = tilde < 0 ? "" : rule.substring(0, tilde).toUpperCase(Locale.ROOT);
    String pattern = rule.substring(tilde + 1);
    return switch (tilde < 0 ? "none" : access) {
      case "" -> withKey(selector, AclKeyPattern.of(pattern, true, true));
      case "%R" -> withKey(selector, AclKeyPattern.of(pattern, true, false));
      case "%W" -> withKey(selector, AclKeyPattern.of(pattern, false, true));
      case "%RW", "%WR" -> withKey(selector, AclKeyPattern.of(pattern, true, true));
      default -> throw new AclRuleException(SYNTAX);
    };
  }

  private static AclSelector withKey(AclSelector selector, AclKeyPattern pattern) {
    if (pattern.isEverything()) {
      return selector.withKeys(List.of(pattern));
    }
    if (selector.hasAllKeys()) {
      throw new AclRuleException(USELESS_KEY);
    }
    List<AclKeyPattern> all = new ArrayList<>(selector.keys());
    all.removeIf(earlier -> earlier.rule().equals(pattern.rule()));
    all.add(pattern);
    return selector.withKeys(all);
  }

  private static AclSelector withChannel(AclSelector selector, String pattern) {
    if (pattern.equals("*")) {
      return selector.withChannels(List.of(pattern));
    }
    if (selector.hasAllChannels()) {
      throw new AclRuleException(USELESS_CHANNEL);
    }
    List<String> all = new ArrayList<>(selector.channels());
    all.remove(pattern);
    all.add(pattern);
    return selector.withChannels(all);
  }
}
