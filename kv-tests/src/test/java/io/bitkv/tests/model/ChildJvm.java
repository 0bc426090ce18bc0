package io.bitkv.tests.model;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Starts programs in processes of their own, on this Java and with the modules that these tests run with. */
public final class ChildJvm {

  /** Where the programs' error output goes. */
  private static final Path LOG = Path.of("target", "child-processes.log");

  private static final String ENGINE = "io.bitkv.engine";

  private ChildJvm() {}

  /** Starts a program of these tests on the class path; the engine is a module as ever. */
  public static Process start(Class<?> program, List<String> arguments) throws IOException {
    return start(
        List.of("--add-modules", ENGINE, "--enable-native-access=" + ENGINE, "--class-path", classPath(program), program.getName()),
        arguments);
  }

  /** Starts the main class of a module. */
  public static Process start(String moduleAndClass, List<String> arguments) throws IOException {
    return start(
        List.of("--add-modules", "ALL-MODULE-PATH", "--enable-native-access=" + ENGINE + ",io.netty.common", "--module", moduleAndClass),
        arguments);
  }

  private static Process start(List<String> program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--module-path", modulePath()));
    command.addAll(program);
    command.addAll(arguments);
    Files.createDirectories(LOG.getParent());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(LOG.toFile())).start();
  }

  /** The module path of this process, without the module of the tests. */
  private static String modulePath() {
    String separator = System.getProperty("path.separator");
    Path tests = location(ChildJvm.class.getModule());
    return Arrays.stream(System.getProperty("jdk.module.path").split(separator))
        .filter(entry -> !Path.of(entry).equals(tests))
        .collect(Collectors.joining(separator));
  }

  private static Path location(Module module) {
    return ModuleLayer.boot()
        .configuration()
        .findModule(module.isNamed() ? module.getName() : "")
        .flatMap(found -> found.reference().location())
        .map(Path::of)
        .orElse(Path.of(""));
  }

  /** The folder that the program's class file is in, up to where its package begins. */
  private static String classPath(Class<?> program) {
    try {
      Path folder = Path.of(program.getResource(program.getSimpleName() + ".class").toURI());
      for (int i = program.getName().split("\\.").length; i > 0; i--) {
        folder = folder.getParent();
      }
      return folder.toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
