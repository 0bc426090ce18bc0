package io.bitkv.tests.crash;

import java.io.IOException;
import java.lang.module.ResolvedModule;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts programs of these tests in processes of their own, on this Java, with the engine on the module path. */
final class ChildJvm {

  private static final String ENGINE = "io.bitkv.engine";
  private static final List<String> MODULES = List.of("io.bitkv.api", "io.bitkv.codec", ENGINE);

  private ChildJvm() {}

  /** Starts a program; what it writes to its error output appears in this process's. */
  static Process start(Class<?> program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--module-path", modulePath(), "--add-modules", ENGINE, "--enable-native-access=" + ENGINE));
    command.addAll(List.of("--class-path", classPath(program), program.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static String modulePath() {
    Stream<ResolvedModule> modules = ModuleLayer.boot().configuration().modules().stream();
    return modules
        .filter(module -> MODULES.contains(module.name()))
        .map(module -> Path.of(module.reference().location().orElseThrow()).toString())
        .collect(Collectors.joining(System.getProperty("path.separator")));
  }

  /** The folder that the program's class file is in, up to where its package begins. */
  private static String classPath(Class<?> program) {
    try {
      URI file = program.getResource(program.getSimpleName() + ".class").toURI();
      Path folder = Path.of(file);
      for (int i = program.getName().split("\\.").length; i > 0; i--) {
        folder = folder.getParent();
      }
      return folder.toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
