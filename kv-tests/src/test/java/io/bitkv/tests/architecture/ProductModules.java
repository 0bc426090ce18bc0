package io.bitkv.tests.architecture;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.resolvers.SelectedClassResolverFromClasspath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * The modules that users get: those of the boot layer whose names begin with {@code io.bitkv.}, without the tests.
 * They are read from where the running JVM has found them, so that the same test sees folders of classes under
 * {@code mvn test} and jars under {@code mvn verify}.
 */
final class ProductModules {

  /** The modules that must be there, so that a rule cannot pass because its module was not found. */
  static final List<String> NAMES =
      List.of("io.bitkv.api", "io.bitkv.client", "io.bitkv.codec", "io.bitkv.engine", "io.bitkv.server");

  private static final JavaClasses ALL_CLASSES = importAll();

  private ProductModules() {}

  /** The modules found, by name. */
  static SortedMap<String, ModuleReference> references() {
    return ModuleLayer.boot().configuration().modules().stream()
        .map(ResolvedModule::reference)
        .filter(module -> module.descriptor().name().startsWith("io.bitkv."))
        .filter(module -> !module.descriptor().name().equals("io.bitkv.tests"))
        .collect(Collectors.toMap(module -> module.descriptor().name(), module -> module, (a, b) -> a, TreeMap::new));
  }

  /** The classes of all modules. */
  static JavaClasses allClasses() {
    return ALL_CLASSES;
  }

  /** The classes of one module: those that were read from its place. */
  static JavaClasses classesOf(String module) {
    String place = references().get(module).location().orElseThrow().getPath();
    return ALL_CLASSES.that(
        DescribedPredicate.describe(
            "are in module " + module,
            type -> type.getSource().orElseThrow().getUri().toString().contains(place)));
  }

  /** Reads all classes; of the classes that they use, those of the JDK whose ancestors the rules ask for are read too. */
  private static JavaClasses importAll() {
    ArchConfiguration.get().setClassResolver(SelectedClassResolverFromClasspath.class);
    ArchConfiguration.get().setClassResolverArguments("java.lang", "java.io", "java.nio", "java.time", "java.util");
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_PACKAGE_INFOS)
        .importLocations(references().values().stream().map(ProductModules::location).toList());
  }

  private static Location location(ModuleReference module) {
    Path path = Path.of(module.location().orElseThrow());
    return Files.isDirectory(path) ? Location.of(path) : jar(path);
  }

  /** A jar's location: made from the path alone, ArchUnit would find no classes in it. */
  private static Location jar(Path path) {
    try (JarFile jar = new JarFile(path.toString())) {
      return Location.of(jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
