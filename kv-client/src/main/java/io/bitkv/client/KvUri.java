package io.bitkv.client;

import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.KeyspaceId;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * A server's address: {@code kv://[user[:password]@]host[:port][/database]}, or {@code kvs://} for an encrypted connection.
 *
 * @param isEncrypted whether the connection is encrypted
 * @param user the user's name, or null
 * @param password the password, or null
 * @param host the server's name or address
 * @param port its port
 * @param database the database's number
 */
record KvUri(boolean isEncrypted, String user, String password, String host, int port, int database) {

  private static final int DEFAULT_PORT = 6379;
  private static final String FORM = "kv://[user[:password]@]host[:port][/database], or kvs:// to encrypt";

  /**
   * Understands an address.
   *
   * @throws InvalidOptionException if it has another form; its text does not appear in the message, since it may hold a password
   */
  static KvUri parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw invalid("it is no URI at index " + e.getIndex());
    }
    boolean isEncrypted = "kvs".equalsIgnoreCase(uri.getScheme());
    if (!isEncrypted && !"kv".equalsIgnoreCase(uri.getScheme())) {
      throw invalid("its scheme is " + uri.getScheme());
    }
    if (uri.getHost() == null) {
      throw invalid("it names no host");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw invalid("it has a part behind the database");
    }
    String credentials = uri.getRawUserInfo();
    int colon = credentials == null ? -1 : credentials.indexOf(':');
    String user = credentials == null ? null : decoded(colon < 0 ? credentials : credentials.substring(0, colon));
    String password = colon < 0 ? null : decoded(credentials.substring(colon + 1));
    String host = uri.getHost().startsWith("[") ? uri.getHost().substring(1, uri.getHost().length() - 1) : uri.getHost();
    return new KvUri(isEncrypted, user, password, host, uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(), database(uri.getPath()));
  }

  private static int database(String path) {
    if (path.isEmpty() || path.equals("/")) {
      return 0;
    }
    try {
      int number = Integer.parseInt(path.substring(1));
      if (number >= 0 && number < KeyspaceId.NUMBERED_LIMIT) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw invalid("its database is no number");
    }
    throw invalid("its database is not 0 to " + (KeyspaceId.NUMBERED_LIMIT - 1));
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static InvalidOptionException invalid(String reason) {
    return new InvalidOptionException("the server's address is not usable: " + reason + "; it must be like " + FORM);
  }
}
