package io.bitkv.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The settings that tell who may do what, see {@link Settings}. */
final class SecuritySettings {

  private static final String HASH_MARK = "#";

  static final Setting<Optional<PasswordHash>> REQUIREPASS =
      Setting.changeable(
          "requirepass",
          "PASSWORD",
          "the password of the default user, or # and its SHA-256 in hexadecimal digits; empty asks"
              + " for none",
          Optional.empty(),
          new Setting.Form<>(SecuritySettings::password, SecuritySettings::text));

  static final Setting<Path> ACL_FILE =
      Setting.fixed(
          "aclfile",
          "PATH",
          "the file of users, as ACL SAVE writes it",
          Path.of(""),
          Setting.path());

  static final Setting<Boolean> PROTECTED_MODE =
      Setting.changeable(
          "protected-mode",
          "YES|NO",
          "refuses other machines' clients while the default user has no password",
          true,
          Setting.yesNo());

  static final Setting<Integer> ACL_LOG_LENGTH =
      Setting.changeable(
          "acllog-max-len",
          "NUMBER",
          "how many entries ACL LOG keeps of what was denied",
          128,
          Setting.number(0, 1 << 20));

  /** These settings, in the order of the help text. */
  static final List<Setting<?>> ALL =
      List.of(REQUIREPASS, ACL_FILE, PROTECTED_MODE, ACL_LOG_LENGTH);

  private SecuritySettings() {}

  private static Optional<PasswordHash> password(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    boolean isHash = text.startsWith(HASH_MARK) && PasswordHash.isHex(text.substring(1));
    return Optional.of(
        isHash ? PasswordHash.ofHex(text.substring(1)) : PasswordHash.of(text));
  }

  /** What shows of a password: enough to set it again. */
  private static String text(Optional<PasswordHash> password) {
    return password.map(hash -> HASH_MARK + hash.hex()).orElse("");
  }
}
