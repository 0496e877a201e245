package dev.stowage.junit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which packages may depend on which, and why. */
@AnalyzeClasses(packages = "dev.stowage.junit", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule onlyTheExtensionKnowsJupiter = noClasses()
            .that()
            .resideOutsideOfPackages("dev.stowage.junit", "dev.stowage.junit.wiremock", "dev.stowage.junit.launcher")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.junit..")
            .because("what does not need Jupiter is in the emulator, where other test frameworks reach it");

    @ArchTest
    static final ArchRule onlyOnePackageKnowsWireMock = noClasses()
            .that()
            .resideOutsideOfPackage("dev.stowage.junit.wiremock")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.github.tomakehurst..")
            .because("tests without WireMock on the class path must run");

    @ArchTest
    static final ArchRule onlyOnePackageKnowsTheLauncher = noClasses()
            .that()
            .resideOutsideOfPackage("dev.stowage.junit.launcher")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.junit.platform.launcher..")
            .because("an engine can be run without the launcher");

    @ArchTest
    static final ArchRule onlyOnePackageKnowsMockito = noClasses()
            .that()
            .resideOutsideOfPackage("dev.stowage.junit.mockito")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.mockito..")
            .because("tests without Mockito on the class path must run");

    @ArchTest
    static final ArchRule onlyOneClassKnowsJqwik = noClasses()
            .that()
            .haveNameNotMatching("dev\\.stowage\\.junit\\.StoragePerTry.*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("net.jqwik..")
            .because("tests without jqwik on the class path must run");

    @ArchTest
    static final ArchRule noServer = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.stowage.emulator.http..", "io.javalin..", "org.eclipse.jetty..")
            .because("a test with an emulator in process must load no server");

    @ArchTest
    static final ArchRule noCycles = slices().matching("dev.stowage.junit.(**)")
            .should()
            .beFreeOfCycles()
            .because("dependencies between packages have one direction");
}
