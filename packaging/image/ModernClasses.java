import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lifts the old classes of jars to a class file version that Java's cache of loaded classes takes: those compiled for Java 5 lack the
 * stack maps that it wants, so each start would load and verify them anew. What the classes do is not changed.
 *
 * <pre>java ModernClasses.java JAR...</pre>
 */
final class ModernClasses {
  private ModernClasses() {}

  /** Rewrites the jars that are named. */
  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      try (FileSystem files = FileSystems.newFileSystem(Path.of(jar))) {
        lift(files.getPath("/"));
      }
    }
  }

  private static void lift(Path root) throws IOException {
    ClassHierarchyResolver siblings = ClassHierarchyResolver.ofResourceParsing(name -> open(root, name.packageName(), name.displayName()));
    ClassFile format =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(siblings.orElse(ClassHierarchyResolver.defaultResolver())));
    List<Path> classes;
    try (Stream<Path> all = Files.walk(root)) {
      classes = all.filter(file -> file.toString().endsWith(".class")).toList();
    }
    for (Path file : classes) {
      byte[] old = Files.readAllBytes(file);
      if (majorVersion(old) < ClassFile.JAVA_6_VERSION) {
        Files.write(file, lifted(format, format.parse(old)));
      }
    }
  }

  /** The bytes 6 and 7 of a class file (Java Virtual Machine Specification, 4.1). */
  private static int majorVersion(byte[] classFile) {
    return ByteBuffer.wrap(classFile).getShort(6);
  }

  /** Takes every method body apart and puts it together again, or it would be copied without a stack map. */
  private static byte[] lifted(ClassFile format, ClassModel old) {
    ClassTransform bodies = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
    ClassTransform version =
        (builder, element) -> {
          if (element instanceof ClassFileVersion) {
            builder.withVersion(ClassFile.JAVA_7_VERSION, 0);
          } else {
            builder.with(element);
          }
        };
    return format.transformClass(old, bodies.andThen(version));
  }

  private static InputStream open(Path root, String packageName, String name) {
    Path file = root.resolve(packageName.replace('.', '/')).resolve(name + ".class");
    try {
      return Files.exists(file) ? new ByteArrayInputStream(Files.readAllBytes(file)) : null;
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }
}
