package io.bitkv.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import io.bitkv.api.StoreOptions;
import io.bitkv.client.KvClientBuilder;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Calendar;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What no class of the product does, whichever module it belongs to. */
class ConventionsTest {

  /** The program's entry point: the only class that writes to the console. */
  private static final DescribedPredicate<JavaClass> THE_PROGRAM =
      HasName.Predicates.nameMatching("io\\.bitkv\\.server\\.Kv(\\$.*)?").forSubtype();

  /** Where the system's clock enters the engine and the client; everybody else is handed one. */
  private static final DescribedPredicate<JavaClass> CLOCK_ENTRY_POINT =
      equivalentTo(StoreOptions.class).or(equivalentTo(KvClientBuilder.class));

  @Test
  void filesAreNamedByPath() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(File.class)
        .orShould()
        .accessTargetWhere(target("calls Path.toFile", t -> isA(t, Path.class) && t.getName().equals("toFile")))
        .check(ProductModules.allClasses());
  }

  @Test
  void onlyTheProgramWritesToTheConsole() {
    noClasses()
        .that(not(THE_PROGRAM))
        .should()
        .accessTargetWhere(target("uses the console", ConventionsTest::isConsole))
        .check(ProductModules.allClasses());
  }

  @Test
  void nobodySleeps() {
    noClasses()
        .should()
        .accessTargetWhere(target("sleeps", ConventionsTest::isSleep))
        .check(ProductModules.allClasses());
  }

  @Test
  void timeComesFromTheInjectedClock() {
    noClasses()
        .that(not(CLOCK_ENTRY_POINT))
        .should()
        .accessTargetWhere(target("reads the system's clock", ConventionsTest::isSystemClock))
        .check(ProductModules.allClasses());
  }

  private static boolean isConsole(AccessTarget target) {
    boolean stream = isA(target, System.class) && target.getName().matches("out|err|console");
    boolean trace = isA(target, Throwable.class) && target.getName().equals("printStackTrace");
    return stream || (trace && parameters(target) == 0);
  }

  private static boolean isSleep(AccessTarget target) {
    return target.getName().equals("sleep") && (isA(target, Thread.class) || isA(target, TimeUnit.class));
  }

  private static boolean isSystemClock(AccessTarget target) {
    String name = target.getName();
    if (isA(target, System.class)) {
      return name.equals("currentTimeMillis");
    }
    if (isA(target, Date.class)) {
      return name.equals("<init>") && parameters(target) == 0;
    }
    if (isA(target, Calendar.class)) {
      return name.equals("getInstance");
    }
    if (isA(target, Clock.class) || isA(target, InstantSource.class)) {
      return name.startsWith("system") || (name.startsWith("tick") && !takes(target, Clock.class));
    }
    boolean now = target.getOwner().getPackageName().startsWith("java.time") && name.equals("now");
    return now && !takes(target, Clock.class);
  }

  private static boolean isA(AccessTarget target, Class<?> type) {
    return target.getOwner().isAssignableTo(type);
  }

  private static int parameters(AccessTarget target) {
    return ((AccessTarget.CodeUnitAccessTarget) target).getRawParameterTypes().size();
  }

  private static boolean takes(AccessTarget target, Class<?> type) {
    return ((AccessTarget.CodeUnitAccessTarget) target)
        .getRawParameterTypes().stream().anyMatch(parameter -> parameter.isEquivalentTo(type));
  }

  private static DescribedPredicate<JavaAccess<?>> target(String description, Predicate<AccessTarget> test) {
    return DescribedPredicate.describe(description, access -> test.test(access.getTarget()));
  }
}
