package io.bitkv.tests.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A file system of its own whose power can be cut. Its disk is a file on an XFS that shares blocks between copies, so that a copy holds, of
 * one instant, what the disk had received: not what the kernel still kept in memory. Linux only; mounting needs root.
 */
final class CuttableDisk implements AutoCloseable {

  private static final Path LOG = Path.of("target", "power-cut.log");

  private final Path folder;
  private final String fileSystem;
  private final List<Path> mounted = new ArrayList<>();

  /** Makes the disk in an empty folder, formatted as {@code ext4} or {@code xfs}. */
  CuttableDisk(Path folder, String fileSystem) throws IOException {
    this.folder = folder;
    this.fileSystem = fileSystem;
    try {
      Path host = folder.resolve("host.img");
      run("truncate", "--size=4G", host.toString());
      run("mkfs.xfs", "-q", "-m", "reflink=1", host.toString());
      mount(host, folder.resolve("host"));
      run("truncate", "--size=512M", image("disk").toString());
      run("mkfs." + fileSystem, "-q", image("disk").toString());
      mount(image("disk"), root());
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  /** Where the file system is mounted. */
  Path root() {
    return folder.resolve("disk");
  }

  /** What is done with the disk as it was at one instant. */
  interface Inspection {
    void inspect(Path root) throws IOException;
  }

  /** Cuts the power of a copy of the disk, turns it on again, and hands over the file system that is found; the disk itself goes on. */
  void cut(Inspection inspection) throws IOException {
    Path copy = image("cut");
    run("cp", "--reflink=always", image("disk").toString(), copy.toString());
    Path root = folder.resolve("cut");
    mount(copy, root);
    inspection.inspect(root);
    unmount(root);
    Files.delete(copy);
  }

  private Path image(String name) {
    return folder.resolve("host").resolve(name + ".img");
  }

  private void mount(Path image, Path root) throws IOException {
    Files.createDirectories(root);
    String options = image.equals(image("cut")) && fileSystem.equals("xfs") ? "loop,nouuid" : "loop";
    run("mount", "-o", options, image.toString(), root.toString());
    mounted.add(root);
  }

  private void unmount(Path root) throws IOException {
    run("umount", root.toString());
    mounted.remove(root);
  }

  private static void run(String... command) throws IOException {
    Files.createDirectories(LOG.getParent());
    ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(LOG.toFile());
    Process process = new ProcessBuilder(command).redirectOutput(log).redirectError(log).start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> "does not end: " + String.join(" ", command));
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
    assertEquals(0, process.exitValue(), () -> "see " + LOG.toAbsolutePath() + "; is this root? " + String.join(" ", command));
  }

  @Override
  public void close() throws IOException {
    for (Path root : mounted.reversed().toArray(Path[]::new)) {
      unmount(root);
    }
  }
}
