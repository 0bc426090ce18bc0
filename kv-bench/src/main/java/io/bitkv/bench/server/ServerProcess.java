package io.bitkv.bench.server;

import io.bitkv.bench.Footprint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server that was started for a measurement, in an empty directory and on a port of its own. For one thread. */
public final class ServerProcess implements AutoCloseable {

  /** The server of this project. */
  public static final String BITKV = "bitkv";
  /** What it is compared with. */
  public static final String REDIS = "redis";

  private static final int FIRST_PORT = 20_000;
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 30;
  private static final long PAUSE_NANOS = 500_000;
  /** Clock ticks a second, as the kernel counts processor time for programs on every Linux. */
  private static final double TICKS = 100;
  /** Where processor times stand in /proc/PID/stat, counted behind the program's name: own user, own system, children's. */
  private static final int FIRST_TIME = 11;
  private static final int TIMES = 4;

  private final Process process;
  private final Thread hook;
  private final int port;
  private final Path directory;
  private final double startSeconds;

  private ServerProcess(Process process, int port, Path directory, long begin) throws IOException {
    this.process = process;
    this.port = port;
    this.directory = directory;
    hook = Thread.ofPlatform().unstarted(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(hook);
    awaitPong(begin);
    startSeconds = (System.nanoTime() - begin) / 1e9;
  }

  /**
   * What a server is started with.
   *
   * @param subject {@link #BITKV} or {@link #REDIS}
   * @param appendfsync when it syncs, in the words of redis: {@code everysec} or {@code always}
   * @param isPinned whether it runs on processor 0 alone
   * @param directory where it writes; emptied first
   */
  public record Setup(String subject, String appendfsync, boolean isPinned, Path directory) {

    private List<String> command(int port) {
      List<String> command = new ArrayList<>();
      if (isPinned) {
        command.addAll(List.of("taskset", "-c", "0"));
      }
      String number = Integer.toString(port);
      if (subject.equals(BITKV)) {
        String sync = appendfsync.equals("everysec") ? "every:1s" : appendfsync;
        command.addAll(List.of(launcher(), "server", "--port", number, "--dir", directory.toString(), "--sync", sync));
      } else {
        command.addAll(List.of("redis-server", "--port", number, "--bind", "127.0.0.1", "--dir", directory.toString()));
        command.addAll(List.of("--appendonly", "yes", "--appendfsync", appendfsync, "--save", ""));
      }
      return command;
    }

    private static String launcher() {
      String launcher = System.getProperty("bench.kv");
      if (launcher == null) {
        throw new IllegalStateException("the property bench.kv names the server's launcher; bin/bench sets it");
      }
      return launcher;
    }
  }

  /**
   * Starts a server, and waits until it answers.
   *
   * @param setup what it is started with
   * @return the server
   * @throws IOException if it does not answer in time; the message holds what it said
   */
  public static ServerProcess start(Setup setup) throws IOException {
    Footprint.delete(setup.directory());
    Files.createDirectories(setup.directory());
    int port = freePort();
    Path log = log(setup.directory());
    ProcessBuilder builder = new ProcessBuilder(setup.command(port)).redirectErrorStream(true).redirectOutput(log.toFile());
    long begin = System.nanoTime();
    return new ServerProcess(builder.start(), port, setup.directory(), begin);
  }

  private static Path log(Path directory) {
    return directory.resolveSibling(directory.getFileName() + ".log");
  }

  private static int freePort() throws IOException {
    while (true) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        if (socket.getLocalPort() > FIRST_PORT) {
          return socket.getLocalPort();
        }
      }
    }
  }

  private void awaitPong(long begin) throws IOException {
    while (!RespSocket.isAnswering(port)) {
      if (!process.isAlive() || System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(START_SECONDS)) {
        close();
        throw new IOException("the server did not start: " + Files.readString(log(directory)).strip());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /**
   * Tells where it listens.
   *
   * @return a port on the loopback address
   */
  public int port() {
    return port;
  }

  /** How long it took from its start to its first answer. */
  double startSeconds() {
    return startSeconds;
  }

  String pid() {
    return Long.toString(process.pid());
  }

  /** The processor time it has taken so far, with that of its children that have ended. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc", pid(), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    double ticks = 0;
    for (int i = FIRST_TIME; i < FIRST_TIME + TIMES; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks / TICKS;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(hook);
    Footprint.delete(directory);
  }
}
