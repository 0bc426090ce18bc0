package io.bitkv.server;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.SyncPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every setting there is. This table is what flags, environment, configuration file, {@code CONFIG}
 * and the help texts are made from; a new setting is a line here.
 */
final class Settings {

  private static final int MAX_SECONDS = 100_000_000;

  static final Setting<Path> DIR =
      Setting.fixed(
          "dir",
          "PATH",
          "where the store's files are",
          Path.of("data"),
          Setting.path());

  static final Setting<Integer> PORT =
      Setting.fixed(
          "port",
          "NUMBER",
          "the TCP port; 0 takes any free one, off leaves encrypted connections alone",
          6379,
          Setting.port());

  static final Setting<String> BIND =
      Setting.fixed(
          "bind",
          "ADDRESS",
          "the address to listen on; 0.0.0.0 is all of them",
          "127.0.0.1",
          Setting.text());

  static final Setting<SyncPolicy> SYNC =
      Setting.changeable(
          "sync",
          "POLICY",
          "when writes reach the disk: always, every:1s (any time), never",
          SyncPolicy.every(Duration.ofSeconds(1)),
          new Setting.Form<>(Units::parseSync, Units::formatSync));

  static final Setting<Long> SEGMENT_SIZE =
      Setting.fixed(
          "segment-size",
          "SIZE",
          "how large a segment file grows",
          256L << 20,
          Setting.size(StoreOptions.MIN_SEGMENT_BYTES, StoreOptions.MAX_SEGMENT_BYTES));

  static final Setting<DirectoryKind> DIRECTORY =
      Setting.fixed(
          "directory",
          "KIND",
          "how the key directory is kept: compact (some 16 bytes a key), heap, ordered (for"
              + " KV.RANGE)",
          DirectoryKind.COMPACT,
          Setting.choice(DirectoryKind.class));

  static final Setting<Transport> TRANSPORT =
      Setting.fixed(
          "transport",
          "KIND",
          "how the network is used: auto, io_uring, epoll, nio",
          Transport.AUTO,
          Setting.choice(Transport.class));

  static final Setting<Integer> THREADS =
      Setting.fixed(
          "threads",
          "NUMBER",
          "how many event loops serve clients; 0 is one per processor",
          0,
          Setting.number(0, 1024));

  static final Setting<Integer> DATABASES =
      Setting.fixed(
          "databases",
          "NUMBER",
          "how many databases SELECT offers",
          16,
          Setting.number(1, KeyspaceId.NUMBERED_LIMIT));

  static final Setting<Integer> MAX_CLIENTS =
      Setting.changeable(
          "maxclients",
          "NUMBER",
          "how many clients may be connected",
          20_000,
          Setting.number(1, 10_000_000));

  static final Setting<Integer> TIMEOUT =
      Setting.changeable(
          "timeout",
          "SECONDS",
          "closes a client idle for this long; 0 never does",
          0,
          Setting.number(0, MAX_SECONDS));

  static final Setting<Integer> FRAME_TIMEOUT =
      Setting.changeable(
          "frame-timeout",
          "SECONDS",
          "closes a client that leaves a request unfinished for this long and sends less than 16"
              + " KiB/s of it",
          60,
          Setting.number(1, MAX_SECONDS));

  static final Setting<Long> QUERY_LIMIT =
      Setting.changeable(
          "client-query-buffer-limit",
          "SIZE",
          "the most that one client's unfinished request or open transaction may take",
          1L << 30,
          Setting.size(1 << 20, 1L << 30));

  static final Setting<OutputLimits> OUTPUT_LIMIT =
      Setting.changeable(
          "client-output-buffer-limit",
          "LIMIT",
          "how much may wait for a slow client: normal HARD SOFT SECONDS pubsub HARD SOFT SECONDS",
          OutputLimits.DEFAULT,
          new Setting.Form<>(
              text -> OutputLimits.parse(text, OutputLimits.DEFAULT), OutputLimits::toString));

  static final Setting<Long> MAX_BULK =
      Setting.changeable(
          "proto-max-bulk-len",
          "SIZE",
          "the longest value",
          (long) Keyspace.MAX_VALUE_BYTES,
          Setting.size(1 << 20, Keyspace.MAX_VALUE_BYTES));

  static final Setting<Integer> TCP_KEEPALIVE =
      Setting.fixed(
          "tcp-keepalive",
          "SECONDS",
          "finds dead connections by TCP keep-alive; 0 does not",
          300,
          Setting.number(0, 32_767));

  static final Setting<Integer> TCP_BACKLOG =
      Setting.fixed(
          "tcp-backlog",
          "NUMBER",
          "how many connections may wait to be accepted",
          1024,
          Setting.number(1, 65_535));

  static final Setting<Integer> SHUTDOWN_TIMEOUT =
      Setting.changeable(
          "shutdown-timeout",
          "SECONDS",
          "how long a shutdown waits for clients to take their replies",
          10,
          Setting.number(0, 3600));

  /** All settings, in the order of the help text. */
  static final List<Setting<?>> ALL =
      Stream.of(
              own(),
              LimitSettings.ALL,
              SecuritySettings.ALL,
              TlsSettings.ALL,
              DiagnosticSettings.ALL,
              HttpSettings.ALL)
          .flatMap(List::stream)
          .toList();

  private Settings() {}

  private static List<Setting<?>> own() {
    return List.of(
        DIR,
        PORT,
        BIND,
        SYNC,
        SEGMENT_SIZE,
        DIRECTORY,
        MAX_CLIENTS,
        TIMEOUT,
        FRAME_TIMEOUT,
        QUERY_LIMIT,
        OUTPUT_LIMIT,
        MAX_BULK,
        DATABASES,
        TRANSPORT,
        THREADS,
        TCP_KEEPALIVE,
        TCP_BACKLOG,
        SHUTDOWN_TIMEOUT);
  }

  /** Finds a setting by its name. */
  static Optional<Setting<?>> find(String name) {
    return ALL.stream().filter(setting -> setting.name().equals(name)).findFirst();
  }
}
