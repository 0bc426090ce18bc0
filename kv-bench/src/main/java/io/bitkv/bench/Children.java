package io.bitkv.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs each measurement in a JVM of its own, so that none finds the heap, the compiled code or the threads of another. */
public final class Children {

  /** What every child, and every fork of JMH, is started with. */
  public static final List<String> JVM_FLAGS =
      List.of(
          "-Xms2g",
          "-Xmx6g",
          "-XX:+AlwaysPreTouch",
          "-XX:+UseParallelGC",
          "-XX:+UseCompactObjectHeaders",
          "-Djava.awt.headless=true",
          "-Dchronicle.analytics.disable=true",
          "-Dchronicle.announcer.disable=true",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
          "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED");

  private static final int LINES_SHOWN = 5;

  private final Path log;
  private final Duration limit;

  /**
   * Makes a runner.
   *
   * @param log where a child's standard error goes, anew for each
   * @param limit after how long a child is taken to hang and is ended
   */
  public Children(Path log, Duration limit) {
    this.log = log;
    this.limit = limit;
  }

  /**
   * Runs a class and hands over the figures it prints.
   *
   * @param main the class with the {@code main} method
   * @param args its arguments
   * @param sink receives the figures as they come, those of a child that fails later, too
   * @throws IOException if the child failed; its message holds the beginning of what it said
   * @throws InterruptedException if the calling thread is interrupted
   */
  public void run(Class<?> main, List<String> args, Consumer<Measure> sink) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_FLAGS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(args);
    Files.createDirectories(log.toAbsolutePath().getParent());
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    Thread hook = Thread.ofPlatform().unstarted(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      CompletableFuture<Process> guard = process.onExit().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
      guard.exceptionally(late -> process.destroyForcibly());
      collect(process, sink);
      if (process.waitFor() != 0) {
        throw new IOException(
            (guard.isCompletedExceptionally() ? "ended after " + limit.toMinutes() + " min" : "exit status " + process.exitValue()) + said());
      }
    } finally {
      process.destroyForcibly();
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private static void collect(Process process, Consumer<Measure> sink) throws IOException {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (Measure.isLine(line)) {
          sink.accept(Measure.parse(line));
        }
      }
    }
  }

  private String said() throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      StringBuilder text = new StringBuilder();
      lines
          .filter(line -> !line.startsWith("SLF4J") && !line.startsWith("WARNING"))
          .limit(LINES_SHOWN)
          .forEach(line -> text.append(": ").append(line.strip()));
      return text.toString();
    }
  }
}
