package io.bitkv.tests.architecture;

import io.bitkv.tests.Golden;
import java.lang.module.ModuleDescriptor;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each module's descriptor, held against a file, so that a new export or requirement is one line of a change. */
class DescriptorsTest {

  static List<String> modules() {
    return ProductModules.NAMES;
  }

  @ParameterizedTest
  @MethodSource("modules")
  void descriptorIsAsAgreed(String module) {
    ModuleDescriptor descriptor = ProductModules.references().get(module).descriptor();
    Golden.assertMatches("descriptors/" + module + ".expected.txt", describe(descriptor));
  }

  /** A descriptor as {@code jar --describe-module} prints one: the name, then a line for each directive, sorted. */
  private static String describe(ModuleDescriptor module) {
    Set<String> hidden = new HashSet<>(module.packages());
    module.exports().forEach(exports -> hidden.remove(exports.source()));
    Stream<String> lines =
        Stream.of(
                module.exports().stream().map(e -> line("exports", e.modifiers(), e.source(), "to", e.targets())),
                module.opens().stream().map(o -> line("opens", o.modifiers(), o.source(), "to", o.targets())),
                module.requires().stream().map(r -> line("requires", r.modifiers(), r.name(), "", List.of())),
                module.uses().stream().map(service -> "uses " + service),
                module.provides().stream().map(p -> line("provides", List.of(), p.service(), "with", p.providers())),
                hidden.stream().map(name -> "contains " + name))
            .flatMap(all -> all)
            .sorted();
    return Stream.concat(Stream.of((module.isOpen() ? "open " : "") + module.name()), lines)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String line(
      String directive, Collection<?> modifiers, String subject, String preposition, Collection<String> objects) {
    Stream<String> words =
        Stream.of(
                modifiers.stream().map(modifier -> modifier.toString().toLowerCase(Locale.ROOT)).sorted(),
                objects.isEmpty() ? Stream.<String>empty() : Stream.of(preposition),
                objects.stream().sorted())
            .flatMap(all -> all);
    return Stream.concat(Stream.of(directive, subject), words).collect(Collectors.joining(" "));
  }
}
