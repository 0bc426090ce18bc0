package io.bitkv.server;

import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.StoreStats;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * What INFO answers: the server's figures, with the names and sections that tools know from Redis.
 */
final class InfoReport {

  /** What asks for the sections that are shown when none is named. */
  private static final Set<String> DEFAULT = Set.of("default");

  /** What asks for every section. */
  private static final Set<String> ALL = Set.of("all", "everything");

  private final ServerContext server;
  private final Set<String> wanted;
  private final StringBuilder text = new StringBuilder();

  /**
   * Makes a report.
   *
   * @param server what it is about
   * @param sections the sections' names in lower case; none for the usual ones
   */
  InfoReport(ServerContext server, Set<String> sections) {
    this.server = server;
    wanted = sections.isEmpty() ? DEFAULT : sections;
  }

  /** Writes the report. */
  String text() {
    StoreStats stats = server.store().stats();
    section("Server", true, this::server);
    section("Clients", true, this::clients);
    section("Memory", true, () -> memory(stats));
    section("Persistence", true, () -> persistence(stats));
    section("Stats", true, this::stats);
    section("Replication", true, () -> replication(stats));
    section("CPU", true, this::cpu);
    section("Commandstats", false, this::commandStats);
    section("Cluster", true, () -> field("cluster_enabled", 0));
    section("Keyspace", true, () -> keyspace(stats));
    return text.toString();
  }

  private void section(String name, boolean isUsual, Runnable fields) {
    boolean isNamed = wanted.stream().anyMatch(name::equalsIgnoreCase);
    boolean isIncluded =
        wanted.stream().anyMatch(ALL::contains)
            || (isUsual && wanted.stream().anyMatch(DEFAULT::contains));
    if (isNamed || isIncluded) {
      text.append(text.isEmpty() ? "" : "\r\n").append("# ").append(name).append("\r\n");
      fields.run();
    }
  }

  private void field(String name, Object value) {
    text.append(name).append(':').append(value).append("\r\n");
  }

  private void server() {
    long uptime = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - server.startedNanos());
    Instant now = server.clock().instant();
    field("redis_version", ConnectionCommands.REDIS_VERSION);
    field("bitkv_version", Version.number());
    field("redis_mode", "standalone");
    field(
        "os",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    field("arch_bits", 64);
    field("multiplexing_api", server.options().current().get(Settings.TRANSPORT).resolve());
    field("java_version", Runtime.version());
    field("process_id", ProcessHandle.current().pid());
    field("run_id", server.runId());
    field("tcp_port", server.port());
    field(
        "server_time_usec",
        TimeUnit.SECONDS.toMicros(now.getEpochSecond())
            + TimeUnit.NANOSECONDS.toMicros(now.getNano()));
    field("uptime_in_seconds", uptime);
    field("uptime_in_days", TimeUnit.SECONDS.toDays(uptime));
    field("io_threads_active", server.workers().size() > 1 ? 1 : 0);
  }

  private void clients() {
    field("connected_clients", server.clients().count());
    field("maxclients", server.options().current().get(Settings.MAX_CLIENTS));
    field("blocked_clients", 0);
    field("tracking_clients", server.changes().tracking().clientCount());
  }

  private void memory(StoreStats stats) {
    ProcessFigures process = ProcessFigures.now();
    long used = process.heapBytes() + process.directBytes() + stats.directoryBytes();
    field("used_memory", used);
    field("used_memory_human", Units.humanBytes(used));
    field("used_memory_rss", process.residentBytes());
    field("used_memory_rss_human", Units.humanBytes(process.residentBytes()));
    field("used_memory_heap", process.heapBytes());
    field("used_memory_directory", stats.directoryBytes());
    field("total_system_memory", process.systemBytes());
    long maximum = server.options().current().get(LimitSettings.MAX_MEMORY);
    field("maxmemory", maximum);
    field("maxmemory_human", Units.humanBytes(maximum));
    field("mem_not_counted_for_evict", Math.max(0, used - server.quotas().counted(stats)));
    field("mem_clients_normal", server.workers().stream().mapToLong(Worker::bufferBytes).sum());
    field("maxmemory_policy", "noeviction");
    field(
        "mem_fragmentation_ratio",
        String.format(Locale.ROOT, "%.2f", (double) process.residentBytes() / Math.max(1, used)));
  }

  private void persistence(StoreStats stats) {
    field("loading", 0);
    field("async_loading", 0);
    field("aof_enabled", 1);
    field("aof_rewrite_in_progress", server.rewrites().isRunning() ? 1 : 0);
    field("aof_last_bgrewrite_status", server.rewrites().hasFailed() ? "err" : "ok");
    field("aof_last_write_status", stats.health().isWritable() ? "ok" : "err");
    field("store_health", stats.health().detail());
    field("store_segments", stats.segments().size());
    field("store_disk_bytes", Quotas.diskBytes(stats));
    field("store_max_disk_bytes", server.options().current().get(LimitSettings.MAX_DISK_SIZE));
    field("store_live_bytes", stats.liveBytes());
    field("store_dead_bytes", stats.deadBytes());
    field("store_merges", stats.merges().done().merges());
    field("store_merges_failed", stats.merges().failed());
    field("store_last_sequence", stats.lastSequence());
    field("store_durable_sequence", stats.durableSequence());
  }

  private void stats() {
    field("total_connections_received", server.clients().acceptedCount());
    field("total_commands_processed", sum(WorkerStats::commandCount));
    field("instantaneous_ops_per_sec", sum(WorkerStats::lastSecondCommands));
    field("total_net_input_bytes", sum(WorkerStats::inputBytes));
    field("total_net_output_bytes", sum(WorkerStats::outputBytes));
    field("rejected_connections", server.clients().rejectedCount());
    field("evicted_keys", 0);
    field("keyspace_hits", sum(WorkerStats::hits));
    field("keyspace_misses", sum(WorkerStats::misses));
    field("pubsub_channels", server.channels().channelCount());
    field("pubsub_patterns", server.channels().patternCount());
    field("total_error_replies", sum(WorkerStats::errors));
    field("acl_access_denied_auth", server.throttle().failures());
    field("acl_access_denied_cmd", server.guard().deniedCommands());
    field("acl_access_denied_key", server.guard().deniedKeys());
    field("acl_access_denied_channel", server.guard().deniedChannels());
  }

  private void replication(StoreStats stats) {
    field("role", "master");
    field("connected_slaves", 0);
    field("master_replid", server.runId());
    field("master_repl_offset", stats.lastSequence());
  }

  private void cpu() {
    ProcessFigures process = ProcessFigures.now();
    field("used_cpu_sys", String.format(Locale.ROOT, "%.6f", process.systemCpuSeconds()));
    field("used_cpu_user", String.format(Locale.ROOT, "%.6f", process.userCpuSeconds()));
  }

  private void commandStats() {
    server
        .commands()
        .withSubcommands()
        .filter(command -> command.handler() != null)
        .forEach(this::commandStats);
  }

  private void commandStats(Command command) {
    long calls = sum(stats -> stats.of(command).calls());
    long rejected = sum(stats -> stats.of(command).rejected());
    long micros = TimeUnit.NANOSECONDS.toMicros(sum(stats -> stats.of(command).nanos()));
    if (calls + rejected > 0) {
      field(
          "cmdstat_" + command.name(),
          "calls="
              + calls
              + ",usec="
              + micros
              + ",usec_per_call="
              + String.format(Locale.ROOT, "%.2f", (double) micros / Math.max(1, calls))
              + ",rejected_calls="
              + rejected
              + ",failed_calls="
              + sum(stats -> stats.of(command).failed()));
    }
  }

  private void keyspace(StoreStats stats) {
    stats.keyspaces().entrySet().stream()
        .filter(entry -> entry.getValue().keys() > 0)
        .filter(entry -> entry.getKey() instanceof KeyspaceId.Numbered)
        .sorted(Comparator.comparingInt(entry -> ((KeyspaceId.Numbered) entry.getKey()).number()))
        .forEach(this::keyspace);
  }

  private void keyspace(Map.Entry<KeyspaceId, StoreStats.KeyspaceStats> entry) {
    Keyspace database = server.view().keyspace(entry.getKey());
    long expiring = entry.getValue().expiringKeys();
    long now = server.clock().millis();
    field(
        "db" + entry.getKey(),
        "keys="
            + entry.getValue().keys()
            + ",expires="
            + expiring
            + ",avg_ttl="
            + (expiring == 0 ? 0 : TtlSample.meanMillis(database, now)));
  }

  private long sum(ToLongFunction<WorkerStats> figure) {
    return server.workers().stream().map(Worker::stats).mapToLong(figure).sum();
  }
}
