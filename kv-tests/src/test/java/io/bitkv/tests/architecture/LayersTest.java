package io.bitkv.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.lang.ArchRule;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.spi.StoreProvider;
import java.lang.module.ModuleDescriptor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Who may depend on whom. */
class LayersTest {

  /** The modules, each with the packages that its classes may use beside their own. */
  static final List<Layer> LAYERS =
      List.of(
          new Layer("io.bitkv.api", "java.."),
          new Layer("io.bitkv.codec", "java..", "io.bitkv.api.."),
          new Layer("io.bitkv.engine", "java..", "jdk.jfr..", "com.sun.management..", "io.bitkv.api..", "io.bitkv.codec.entry.."),
          new Layer("io.bitkv.client", "java..", "javax.net..", "jdk.jfr..", "io.bitkv.api..", "io.bitkv.codec.resp.."),
          new Layer(
              "io.bitkv.server",
              "java..",
              "javax.net..",
              "jdk.jfr..",
              "jdk.net..",
              "com.sun.management..",
              "com.sun.net.httpserver..",
              "io.bitkv.api..",
              "io.bitkv.codec.resp..",
              "io.netty..",
              "ch.qos.logback..",
              "org.slf4j..",
              "picocli.."));

  /** A module and the packages that it may depend on. */
  record Layer(String module, String... others) {
    String[] allowed() {
      return Stream.concat(Stream.of(module + ".."), Arrays.stream(others)).toArray(String[]::new);
    }

    @Override
    public String toString() {
      return module;
    }
  }

  @Test
  void everyModuleIsOnTheModulePathAndHasALayer() {
    assertEquals(ProductModules.NAMES, List.copyOf(ProductModules.references().keySet()));
    assertEquals(ProductModules.NAMES, LAYERS.stream().map(Layer::module).sorted().toList());
  }

  @ParameterizedTest
  @FieldSource("LAYERS")
  void everyModuleHasClasses(Layer layer) {
    assertFalse(ProductModules.classesOf(layer.module()).isEmpty(), layer + " has no classes");
  }

  @ParameterizedTest
  @FieldSource("LAYERS")
  void everyPackageBeginsWithTheNameOfItsModule(Layer layer) {
    classes().should().resideInAPackage(layer.module() + "..").check(ProductModules.classesOf(layer.module()));
  }

  @ParameterizedTest
  @FieldSource("LAYERS")
  void aModuleDependsOnItsLayerOnly(Layer layer) {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(layer.allowed())
        .check(ProductModules.classesOf(layer.module()));
  }

  /** One dependency may close a cycle: the API opens a store through its own service provider interface. */
  @Test
  void packagesAreFreeOfCycles() {
    slices()
        .matching("io.bitkv.(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(KeyValueStore.class, StoreProvider.class)
        .check(ProductModules.allClasses());
  }

  /** The engine is found as a service, and its module shows nothing else. */
  @Test
  void engineExportsNothing() {
    ModuleDescriptor engine = ProductModules.references().get("io.bitkv.engine").descriptor();
    assertEquals(Set.of(), engine.exports());
    assertEquals(Set.of(), engine.opens());
  }

  @Test
  void engineIsNamedByNobody() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.bitkv.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.bitkv.engine..")
        .check(ProductModules.allClasses());
  }

  /** The codec turns bytes into values and back, and leaves it to others where the bytes come from. */
  @Test
  void codecIsPure() {
    ArchRule rule =
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..", "java.util.concurrent..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\..*(File|Stream|Reader|Writer|Console).*");
    rule.check(ProductModules.classesOf("io.bitkv.codec"));
  }
}
