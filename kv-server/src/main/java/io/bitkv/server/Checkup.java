package io.bitkv.server;

import com.sun.management.UnixOperatingSystemMXBean;
import io.bitkv.api.InvalidOptionException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks at a machine and at options for what would keep a server from starting or running well. */
final class Checkup {

  /** How bad a finding is. */
  enum Grade {
    OK,
    WARN,
    FAIL
  }

  /**
   * A finding.
   *
   * @param grade how bad it is
   * @param what what was looked at
   * @param detail what was found, and what to do about it
   */
  record Finding(Grade grade, String what, String detail) {}

  private static final Path BACKLOG_LIMIT = Path.of("/proc/sys/net/core/somaxconn");

  /** File systems that forget their files with the machine, or do not keep what was synced. */
  private static final Set<String> FLEETING = Set.of("tmpfs", "ramfs", "overlay");

  private static final Duration EXPIRES_SOON = Duration.ofDays(14);
  private static final int CONNECT_MILLIS = 1_000;

  /** Files that a server has open beside its clients' sockets. */
  private static final int OWN_FILES = 512;

  private final ServerOptions options;
  private final Instant now;
  private final List<Finding> findings = new ArrayList<>();

  Checkup(ServerOptions options, Instant now) {
    this.options = options;
    this.now = now;
  }

  /** Looks at everything. */
  List<Finding> run() {
    add(Grade.OK, "java", Runtime.version() + " on " + System.getProperty("os.name"));
    transport();
    directory();
    fileLimit();
    backlog();
    port();
    exposure();
    certificate();
    return List.copyOf(findings);
  }

  private void add(Grade grade, String what, String detail) {
    findings.add(new Finding(grade, what, detail));
  }

  private void transport() {
    try {
      Transport transport = options.get(Settings.TRANSPORT).resolve();
      boolean isNative = transport != Transport.NIO;
      add(
          isNative ? Grade.OK : Grade.WARN,
          "transport",
          isNative
              ? transport.toString()
              : "nio, since no native one works here; it costs more CPU");
    } catch (InvalidOptionException e) {
      add(Grade.FAIL, "transport", e.getMessage());
    }
  }

  private void directory() {
    Path directory = options.directory().toAbsolutePath();
    Path existing = directory;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null || !Files.isDirectory(existing)) {
      add(Grade.FAIL, "dir", existing + " is no directory");
    } else if (!Files.isWritable(existing)) {
      add(Grade.FAIL, "dir", existing + " cannot be written by this user");
    } else if (!existing.equals(directory) && !existing.equals(directory.getParent())) {
      add(Grade.FAIL, "dir", directory.getParent() + " does not exist; make it");
    } else {
      disk(existing);
    }
  }

  private void disk(Path directory) {
    try {
      FileStore disk = Files.getFileStore(directory);
      if (FLEETING.contains(disk.type())) {
        add(Grade.WARN, "dir", "lies on " + disk.type() + ", which does not outlast the machine");
      }
      long free = disk.getUsableSpace();
      long needed = 2 * options.get(Settings.SEGMENT_SIZE);
      add(
          free < needed ? Grade.FAIL : Grade.OK,
          "disk",
          Units.humanBytes(free)
              + " are free"
              + (free < needed ? "; two segments need " + Units.humanBytes(needed) : ""));
    } catch (IOException e) {
      add(Grade.FAIL, "disk", "cannot be looked at: " + e.getMessage());
    }
  }

  private void fileLimit() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      long limit = unix.getMaxFileDescriptorCount();
      long needed = options.get(Settings.MAX_CLIENTS) + OWN_FILES;
      add(
          limit < needed ? Grade.WARN : Grade.OK,
          "open files",
          "at most "
              + limit
              + (limit < needed
                  ? "; maxclients needs " + needed + ": raise ulimit -n, or lower maxclients"
                  : ""));
    }
  }

  private void backlog() {
    try {
      int limit = Integer.parseInt(Files.readString(BACKLOG_LIMIT).strip());
      int wanted = options.get(Settings.TCP_BACKLOG);
      add(
          limit < wanted ? Grade.WARN : Grade.OK,
          "backlog",
          "the system allows "
              + limit
              + (limit < wanted
                  ? ", tcp-backlog asks for " + wanted + ": raise net.core.somaxconn"
                  : ""));
    } catch (IOException e) {
      add(Grade.OK, "backlog", "this system does not tell its limit");
    }
  }

  private void port() {
    int port = options.get(Settings.PORT);
    if (port <= 0) {
      return;
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(options.get(Settings.BIND), port), CONNECT_MILLIS);
      socket.setSoTimeout(CONNECT_MILLIS);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(1);
      boolean isServer = answer.length == 1 && (answer[0] == '+' || answer[0] == '-');
      add(
          isServer ? Grade.OK : Grade.FAIL,
          "port",
          port + (isServer ? ": a server answers there" : ": something else listens there"));
    } catch (IOException e) {
      add(Grade.OK, "port", port + ": nothing answers there");
    }
  }

  private void exposure() {
    boolean isLocal;
    try {
      isLocal = InetAddress.getByName(options.get(Settings.BIND)).isLoopbackAddress();
    } catch (UnknownHostException e) {
      add(Grade.FAIL, "bind", "the address " + options.get(Settings.BIND) + " is not known");
      return;
    }
    boolean isGuarded =
        options.get(SecuritySettings.REQUIREPASS).isPresent()
            || !options.get(SecuritySettings.ACL_FILE).toString().isEmpty();
    boolean isEncrypted = options.get(Settings.PORT) == Setting.OFF;
    if (isLocal) {
      add(Grade.OK, "bind", "only this machine's clients reach the server");
    } else if (!isGuarded) {
      add(Grade.FAIL, "bind", "other machines reach the server, and there is no password");
    } else if (!isEncrypted) {
      add(Grade.WARN, "bind", "other machines reach the server in clear; tls-port encrypts");
    } else {
      add(Grade.OK, "bind", "other machines reach the server, encrypted and with a password");
    }
  }

  private void certificate() {
    if (!Listeners.isOn(options, TlsSettings.TLS_PORT)) {
      return;
    }
    try {
      TlsIdentity.of(options);
      X509Certificate own =
          Pem.certificates("tls-cert-file", options.get(TlsSettings.CERT_FILE))[0];
      Duration left = Duration.between(now, own.getNotAfter().toInstant());
      add(
          left.isNegative() ? Grade.FAIL : left.compareTo(EXPIRES_SOON) < 0 ? Grade.WARN : Grade.OK,
          "certificate",
          left.isNegative() ? "has expired" : "is valid for " + left.toDays() + " more days");
    } catch (InvalidOptionException e) {
      add(Grade.FAIL, "certificate", e.getMessage());
    }
  }
}
