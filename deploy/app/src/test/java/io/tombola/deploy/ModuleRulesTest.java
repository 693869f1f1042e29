package io.tombola.deploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** Dependencies point one way, and each foreign library stays where it belongs. */
@AnalyzeClasses(
    packages = "io.tombola",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ModuleRulesTest.DoNotIncludeFixtures.class
    })
final class ModuleRulesTest {

  /** Leaves out what modules share with each other's tests. */
  static final class DoNotIncludeFixtures implements ImportOption {

    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String DENSE = "io.tombola.training.engine.dense.";

  @ArchTest
  static final ArchRule modulesPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("protocol")
          .definedBy("io.tombola.protocol..")
          .layer("training")
          .definedBy("io.tombola.training..")
          .layer("storage")
          .definedBy("io.tombola.storage..")
          .layer("actors")
          .definedBy("io.tombola.actors..")
          .layer("deploy")
          .definedBy("io.tombola.deploy..")
          .whereLayer("deploy")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("actors")
          .mayOnlyBeAccessedByLayers("deploy")
          .whereLayer("storage")
          .mayOnlyBeAccessedByLayers("actors", "deploy")
          .whereLayer("training")
          .mayOnlyBeAccessedByLayers("actors", "deploy");

  @ArchTest
  static final ArchRule modulesOfDeployPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .ensureAllClassesAreContainedInArchitectureIgnoring(
              "io.tombola.protocol..",
              "io.tombola.training..",
              "io.tombola.storage..",
              "io.tombola.actors..")
          .layer("config")
          .definedBy(inDeploy("config"))
          .layer("report")
          .definedBy(inDeploy("report", "text"))
          .layer("monitor")
          .definedBy(inDeploy("live", "control", "serve", "watch", "metrics", "notify"))
          .layer("runtime")
          .definedBy(inDeploy("run", "broker", "trainer", "process"))
          .layer("lab")
          .definedBy(inDeploy("bench", "torture"))
          .layer("app")
          .definedBy(inDeploy("cli"))
          .whereLayer("app")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("lab")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("runtime")
          .mayOnlyBeAccessedByLayers("lab", "app")
          .whereLayer("monitor")
          .mayOnlyBeAccessedByLayers("runtime", "lab", "app")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("monitor", "runtime", "lab", "app");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.tombola.(*.*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule trainingPackagesHaveNoCycles =
      slices().matching("io.tombola.training.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule dl4jStaysInItsPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage(DENSE + "dl4j")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.deeplearning4j..");

  @ArchTest
  static final ArchRule nd4jStaysInItsPackage =
      noClasses()
          .that()
          .resideOutsideOfPackages(DENSE + "nd4j", DENSE + "dl4j")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.nd4j..");

  @ArchTest
  static final ArchRule nativeLibrariesStayInTheDenseEngine =
      noClasses()
          .that()
          .resideOutsideOfPackage(DENSE + ".")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule kafkaClientsStayInThePublisher =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.tombola.actors.publish..", "io.tombola.deploy.broker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "kafka..");

  @ArchTest
  static final ArchRule jdbcStaysInTheJournal =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.tombola.storage..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "org.sqlite..", "org.postgresql..");

  @ArchTest
  static final ArchRule akkaStaysOutOfVocabularyAndScience =
      noClasses()
          .that()
          .resideInAnyPackage("io.tombola.protocol..", "io.tombola.training..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("akka..", "scala..");

  @ArchTest
  static final ArchRule onlyTheCommandLineEndsTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.tombola.deploy.cli..", "io.tombola.deploy.broker..")
          .should()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule nothingUsesJavaSerialization =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.io\\.Object(Input|Output)Stream|java\\.beans\\.XML.*");

  private static String[] inDeploy(String... packages) {
    return Stream.of(packages)
        .map(name -> "io.tombola.deploy." + name + "..")
        .toArray(String[]::new);
  }
}
