package io.bitkv.server;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Keeps other machines out of a server that asks nobody for a password, as it is when somebody
 * opens it to the network by mistake.
 */
final class ProtectedMode {

  /** What a refused client is told. */
  static final byte[] REFUSAL =
      ("-DENIED bitkv is in protected mode: the default user has no password, so only clients of"
              + " this machine are served. Set a password (requirepass, or ACL SETUSER default"
              + " >password), or, if the network is trusted, protected-mode no.\r\n")
          .getBytes(StandardCharsets.US_ASCII);

  private ProtectedMode() {}

  /** Whether a client at an address is to be turned away. */
  static boolean refuses(ServerOptions options, AclUsers users, SocketAddress client) {
    return options.get(SecuritySettings.PROTECTED_MODE)
        && users.defaultAccount().user().isOpen()
        && client instanceof InetSocketAddress address
        && !address.getAddress().isLoopbackAddress();
  }
}
