package dev.stowage.emulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which packages may depend on which, and why. */
@AnalyzeClasses(
        packages = {"dev.stowage.storage", "dev.stowage.emulator"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule theApiKnowsNobody = noClasses()
            .that()
            .resideInAPackage("dev.stowage.storage..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.stowage.emulator..")
            .because("an app that programs against the API must not drag the emulator along");

    @ArchTest
    static final ArchRule operationsArePure = noClasses()
            .that()
            .resideInAPackage("dev.stowage.emulator.operation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.stowage.emulator.service..",
                    "dev.stowage.emulator.time..",
                    "dev.stowage.emulator.http..",
                    "java.io..",
                    "java.util.concurrent..",
                    "com.fasterxml..",
                    "io.javalin..")
            .because("an operation is a function of a record and a moment: no store, clock, lock or JSON");

    @ArchTest
    static final ArchRule recordsKnowNoOperations = noClasses()
            .that()
            .resideInAPackage("dev.stowage.emulator.record..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.stowage.emulator.operation..", "dev.stowage.emulator.service..", "dev.stowage.emulator.http..")
            .because("a backend is asked to keep records, not to know what is done with them");

    @ArchTest
    static final ArchRule onlyTheHttpPackagesKnowTheServer = noClasses()
            .that()
            .resideOutsideOfPackages("dev.stowage.emulator.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
            .because("an emulator that is used in process must load no server");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.stowage.(**)").should().beFreeOfCycles().because("data flows one way");
}
