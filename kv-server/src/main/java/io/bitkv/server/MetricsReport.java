package io.bitkv.server;

import io.bitkv.api.KeyspaceId;
import io.bitkv.api.StoreStats;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * The server's figures in Prometheus's text format, version 0.0.4: counters end in {@code _total}
 * and begin at the start of the process, sizes are in bytes and times in seconds.
 */
final class MetricsReport {

  /** What an HTTP reply calls the format. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final ServerContext server;
  private final StringBuilder text = new StringBuilder();

  MetricsReport(ServerContext server) {
    this.server = server;
  }

  /** Writes the report. */
  String text() {
    StoreStats stats = server.store().stats();
    process(stats);
    clients();
    commands();
    store(stats);
    return text.toString();
  }

  private void process(StoreStats stats) {
    ProcessFigures process = ProcessFigures.now();
    gauge("bitkv_info", "The version that runs.");
    sample("bitkv_info", label("version", Version.number()), 1);
    gauge("bitkv_uptime_seconds", "The time since the start.");
    long uptime = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - server.startedNanos());
    sample("bitkv_uptime_seconds", "", uptime);
    gauge("bitkv_memory_bytes", "Memory by what takes it; resident is what the machine counts.");
    sample("bitkv_memory_bytes", label("area", "heap"), process.heapBytes());
    sample("bitkv_memory_bytes", label("area", "direct"), process.directBytes());
    sample("bitkv_memory_bytes", label("area", "directory"), stats.directoryBytes());
    sample("bitkv_memory_bytes", label("area", "buffers"), buffers());
    sample("bitkv_memory_bytes", label("area", "resident"), process.residentBytes());
    counter("bitkv_cpu_seconds_total", "Processor time.");
    sample("bitkv_cpu_seconds_total", label("mode", "user"), process.userCpuSeconds());
    sample("bitkv_cpu_seconds_total", label("mode", "system"), process.systemCpuSeconds());
  }

  private long buffers() {
    return server.workers().stream().mapToLong(Worker::bufferBytes).sum();
  }

  private void clients() {
    gauge("bitkv_clients", "Connections that are open.");
    sample("bitkv_clients", "", server.clients().count());
    counter("bitkv_connections_total", "Connections that were opened.");
    sample("bitkv_connections_total", "", server.clients().acceptedCount());
    counter("bitkv_connections_refused_total", "Connections that were turned away.");
    sample("bitkv_connections_refused_total", "", server.clients().rejectedCount());
    counter("bitkv_network_bytes_total", "Bytes of requests and replies.");
    sample("bitkv_network_bytes_total", label("direction", "in"), sum(WorkerStats::inputBytes));
    sample("bitkv_network_bytes_total", label("direction", "out"), sum(WorkerStats::outputBytes));
    AclGuard guard = server.guard();
    counter("bitkv_denied_total", "Wrong passwords, and requests that access rules forbid.");
    sample("bitkv_denied_total", label("reason", "password"), server.throttle().failures());
    sample("bitkv_denied_total", label("reason", "command"), guard.deniedCommands());
    sample("bitkv_denied_total", label("reason", "key"), guard.deniedKeys());
    sample("bitkv_denied_total", label("reason", "channel"), guard.deniedChannels());
  }

  private void commands() {
    counter("bitkv_commands_total", "Commands that ran.");
    perCommand("bitkv_commands_total", WorkerStats.CommandStats::calls);
    counter("bitkv_commands_failed_total", "Commands that ran and ended in an error.");
    perCommand("bitkv_commands_failed_total", WorkerStats.CommandStats::failed);
    counter("bitkv_commands_rejected_total", "Commands that were refused before they ran.");
    perCommand("bitkv_commands_rejected_total", WorkerStats.CommandStats::rejected);
    counter("bitkv_error_replies_total", "Error replies of every kind.");
    sample("bitkv_error_replies_total", "", sum(WorkerStats::errors));
    counter("bitkv_reads_total", "Reads of keys by whether there was one.");
    sample("bitkv_reads_total", label("result", "hit"), sum(WorkerStats::hits));
    sample("bitkv_reads_total", label("result", "miss"), sum(WorkerStats::misses));
  }

  private void perCommand(String name, ToLongFunction<WorkerStats.CommandStats> figure) {
    server
        .commands()
        .withSubcommands()
        .filter(command -> command.handler() != null)
        .forEach(
            command -> {
              long value = sum(stats -> figure.applyAsLong(stats.of(command)));
              if (value > 0) {
                sample(name, label("command", command.name()), value);
              }
            });
  }

  private void store(StoreStats stats) {
    gauge("bitkv_keys", "Keys by database or keyspace.");
    forEachKeyspace(stats, "bitkv_keys", StoreStats.KeyspaceStats::keys);
    gauge("bitkv_expiring_keys", "Keys that will expire.");
    forEachKeyspace(stats, "bitkv_expiring_keys", StoreStats.KeyspaceStats::expiringKeys);
    gauge("bitkv_store_writable", "Whether writes are accepted: 1, or 0 if a fault stopped them.");
    sample("bitkv_store_writable", "", stats.health().isWritable() ? 1 : 0);
    gauge("bitkv_store_segments", "Segment files.");
    sample("bitkv_store_segments", "", stats.segments().size());
    gauge("bitkv_store_bytes", "The data on disk, and what of it a merge could give back.");
    sample("bitkv_store_bytes", label("state", "live"), stats.liveBytes());
    sample("bitkv_store_bytes", label("state", "dead"), stats.deadBytes());
    counter("bitkv_store_merges_total", "Merges of segments, by how they ended.");
    sample("bitkv_store_merges_total", label("result", "done"), stats.merges().done().merges());
    sample("bitkv_store_merges_total", label("result", "failed"), stats.merges().failed());
    counter("bitkv_store_writes_total", "Writes ever logged, and those on stable storage.");
    sample("bitkv_store_writes_total", label("mark", "logged"), stats.lastSequence());
    sample("bitkv_store_writes_total", label("mark", "durable"), stats.durableSequence());
  }

  private void forEachKeyspace(
      StoreStats stats, String name, ToLongFunction<StoreStats.KeyspaceStats> figure) {
    for (Map.Entry<KeyspaceId, StoreStats.KeyspaceStats> entry : stats.keyspaces().entrySet()) {
      sample(
          name, label("keyspace", entry.getKey().toString()), figure.applyAsLong(entry.getValue()));
    }
  }

  private void gauge(String name, String help) {
    header(name, "gauge", help);
  }

  private void counter(String name, String help) {
    header(name, "counter", help);
  }

  private void header(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static String label(String name, String value) {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return "{" + name + "=\"" + escaped + "\"}";
  }

  private void sample(String name, String labels, long value) {
    text.append(name).append(labels).append(' ').append(value).append('\n');
  }

  private void sample(String name, String labels, double value) {
    text.append(name).append(labels).append(' ');
    text.append(String.format(Locale.ROOT, "%.3f", value)).append('\n');
  }

  private long sum(ToLongFunction<WorkerStats> figure) {
    return server.workers().stream().map(Worker::stats).mapToLong(figure).sum();
  }
}
