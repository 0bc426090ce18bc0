package io.bitkv.api.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles.Lookup;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which records of which modules a codec reaches; the modules are compiled as the tests run. */
class ModulesTest {

  @TempDir Path directory;

  /** Compiles a module with a public and a hidden record, a provider of a codec, and loads it. */
  private Class<?> load(String directives) throws Exception {
    Path sources = directory.resolve("src");
    Files.createDirectories(sources.resolve("app"));
    Files.writeString(sources.resolve("module-info.java"), "module app { requires io.bitkv.api; " + directives + " }");
    Files.writeString(
        sources.resolve("app/App.java"),
        """
        package app;
        import io.bitkv.api.codec.*;
        public final class App implements CodecProvider {
          public record Shown(int n) {}
          record Hidden(int n) {}
          public record Wrapper(StringBuilder text) {}
          public static java.lang.invoke.MethodHandles.Lookup lookup() { return java.lang.invoke.MethodHandles.lookup(); }
          public java.util.Optional<Codec<?>> codec(Class<?> type) {
            return type == StringBuilder.class
                ? java.util.Optional.of(Codec.STRING.convert(StringBuilder::new, StringBuilder::toString))
                : java.util.Optional.empty();
          }
        }
        """);
    Path classes = directory.resolve("classes");
    Path api =
        Path.of(ModuleLayer.boot().configuration().findModule("io.bitkv.api").orElseThrow().reference().location().orElseThrow());
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    int exit =
        javac.run(
            System.out, System.err, "-d", classes.toString(), "-p", api.toString(), sources.resolve("module-info.java").toString(),
            sources.resolve("app/App.java").toString());
    assertEquals(0, exit);
    Configuration configuration =
        ModuleLayer.boot().configuration().resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("app"));
    ModuleLayer layer = ModuleLayer.boot().defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader());
    return layer.findLoader("app").loadClass("app.App");
  }

  private static Class<? extends Record> nested(Class<?> app, String name) throws Exception {
    return Class.forName(app.getName() + "$" + name, false, app.getClassLoader()).asSubclass(Record.class);
  }

  private static <R extends Record> void decodes(Codec<R> codec) {
    byte[] bytes = {Tag.RECORD, 1, 1, 'n', Tag.INTEGER, 14};
    assertEquals(List.of(7), List.of(codec.decode(bytes).hashCode()));
  }

  @Test
  void aPublicRecordOfAnExportedPackageNeedsNothing() throws Exception {
    decodes(Codec.ofRecord(nested(load("exports app;"), "Shown")));
  }

  @Test
  void aHiddenRecordIsRefusedWithTheDirectiveThatHelps() throws Exception {
    Class<?> app = load("exports app;");
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Codec.ofRecord(nested(app, "Hidden")));
    assertEquals(
        "the record app.App$Hidden is not open to io.bitkv.api: add `opens app to io.bitkv.api;` to the descriptor of module app, or hand in "
            + "MethodHandles.lookup()",
        refused.getMessage());
  }

  @Test
  void aHiddenRecordOfAnOpenedPackageIsReached() throws Exception {
    decodes(Codec.ofRecord(nested(load("opens app to io.bitkv.api;"), "Hidden")));
  }

  @Test
  void aHiddenRecordIsReachedByALookupOfItsModule() throws Exception {
    Class<?> app = load("exports app;");
    Lookup lookup = (Lookup) app.getMethod("lookup").invoke(null);
    decodes(Codec.ofRecord(nested(app, "Hidden"), lookup));
    Lookup foreign = java.lang.invoke.MethodHandles.lookup();
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Codec.ofRecord(nested(app, "Hidden"), foreign));
    assertTrue(refused.getMessage().startsWith("the lookup of " + ModulesTest.class.getName()), refused::getMessage);
  }

  @Test
  void aProvidersCodecsAreFoundByClassAndInComponents() throws Exception {
    Class<?> app = load("exports app; provides io.bitkv.api.codec.CodecProvider with app.App;");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(app.getClassLoader());
    try {
      assertEquals("ab", Codec.of(StringBuilder.class).decode(new byte[] {'a', 'b'}).toString());
      Codec<? extends Record> wrapper = Codec.ofRecord(nested(app, "Wrapper"));
      assertEquals("Wrapper[text=x]", wrapper.decode(new byte[] {Tag.RECORD, 1, 4, 't', 'e', 'x', 't', Tag.BYTES, 1, 'x'}).toString());
      assertEquals(Optional.empty(), Codecs.provided(Thread.class));
    } finally {
      thread.setContextClassLoader(before);
    }
    assertThrows(IllegalArgumentException.class, () -> Codec.of(StringBuilder.class));
  }

  @Test
  void onlyRecordsAreRecords() {
    assertThrows(IllegalArgumentException.class, () -> RecordAccess.of(String.class, null));
  }
}
