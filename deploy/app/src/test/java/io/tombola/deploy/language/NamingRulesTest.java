package io.tombola.deploy.language;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A type's name says what the type is, and names no other one. */
@AnalyzeClasses(packages = "io.tombola", importOptions = ImportOption.DoNotIncludeTests.class)
final class NamingRulesTest {

  private static final String VAGUE = ".*(Desk|Manager|Helper|Utils?|Impl)";

  /** Names that two types share; the list only gets shorter. */
  private static final Set<String> SHARED = Set.of();

  @ArchTest static final ArchRule namesAreNotVague = noClasses().should().haveNameMatching(VAGUE);

  @ArchTest
  static void noNameIsSharedByTwoTypes(JavaClasses classes) {
    Map<String, Set<String>> packages = new TreeMap<>();
    for (JavaClass type : classes) {
      if (type.isTopLevelClass() && !type.getSimpleName().equals("package-info")) {
        packages
            .computeIfAbsent(type.getSimpleName(), name -> new TreeSet<>())
            .add(type.getPackageName());
      }
    }
    packages.values().removeIf(names -> names.size() < 2);
    packages.keySet().removeAll(SHARED);
    assertEquals(Map.of(), packages, "simple names of more than one type");
  }
}
