package io.bitkv.server;

import io.bitkv.api.InvalidOptionException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A file with a user a line, {@code user NAME RULES}, as {@code ACL LIST} shows them. Blank lines,
 * and lines that begin with {@code #}, are skipped. It is replaced as a whole, so that a crash
 * leaves the old or the new one.
 */
final class AclFile {

  private final Path path;
  private final AclRules rules;

  private AclFile(Path path, AclRules rules) {
    this.path = path;
    this.rules = rules;
  }

  /** The file that the options name, if they name one. */
  static Optional<AclFile> of(ServerOptions options, AclRules rules) {
    Path path = options.get(SecuritySettings.ACL_FILE);
    return path.toString().isEmpty() ? Optional.empty() : Optional.of(new AclFile(path, rules));
  }

  /**
   * Reads all users.
   *
   * @throws InvalidOptionException naming the line at fault
   */
  Map<String, AclUser> read() {
    Map<String, AclUser> users = new TreeMap<>();
    List<String> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && line.charAt(0) != '#') {
        readLine(line, path + ":" + (i + 1) + ": ", users);
      }
    }
    return users;
  }

  private void readLine(String line, String where, Map<String, AclUser> users) {
    List<String> words = words(line);
    if (words.size() < 2 || !words.getFirst().equals("user")) {
      throw new InvalidOptionException(where + "a line is: user NAME RULES");
    }
    AclUser user = AclUser.NOBODY;
    for (String rule : words.subList(2, words.size())) {
      try {
        user = rules.apply(user, rule);
      } catch (AclRuleException e) {
        throw new InvalidOptionException(where + Shown.rule(rule) + ": " + e.getMessage(), e);
      }
    }
    if (users.put(words.get(1), user) != null) {
      throw new InvalidOptionException(where + "there is another line for this user");
    }
  }

  /** The words of a line; what stands in parentheses is one. */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    for (String word : line.split("\\s+")) {
      boolean isInside =
          !words.isEmpty() && words.getLast().startsWith("(") && !words.getLast().endsWith(")");
      if (isInside) {
        words.set(words.size() - 1, words.getLast() + " " + word);
      } else {
        words.add(word);
      }
    }
    return words;
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(path);
    } catch (NoSuchFileException e) {
      throw new InvalidOptionException(
          "aclfile: the file of users " + path + " does not exist; make it, empty if need be", e);
    } catch (MalformedInputException e) {
      throw new InvalidOptionException("aclfile: " + path + " is not text in UTF-8", e);
    } catch (IOException e) {
      throw new InvalidOptionException(
          "aclfile: " + path + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Writes all users.
   *
   * @throws IOException if they could not be stored; the file is as it was then
   */
  void write(Collection<AclAccount> accounts) throws IOException {
    StringBuilder text = new StringBuilder();
    accounts.forEach(account -> text.append(line(account)).append('\n'));
    PrivateFile.replace(path, text.toString());
  }

  /** A user's line. */
  static String line(AclAccount account) {
    return "user " + account.name() + " " + account.user().rules();
  }
}
